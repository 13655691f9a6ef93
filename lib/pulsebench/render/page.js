'use strict';
// Sorting, filtering and keys. The page is complete without this script.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  document.documentElement.classList.add('js');

  const units = { ps: 1e-3, ns: 1, µs: 1e3, ms: 1e6, s: 1e9, k: 1e3, M: 1e6, G: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
  // What a cell sorts by: its number in the base unit, else its text.
  const key = (cell) => {
    const picture = cell?.querySelector('svg[aria-label]');
    const text = (picture ? picture.getAttribute('aria-label') : cell?.textContent ?? '').trim();
    const found = /^[<~]?\s*([+-]?[\d.,]+)\s*([a-zA-Zµ]*)/.exec(text);
    return found ? parseFloat(found[1].replaceAll(',', '')) * (units[found[2]] ?? 1) : text.toLowerCase();
  };
  const order = (a, b) => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === 'number' ? -1 : 1);

  const sort = (table, column, up) => {
    const items = table.id === 'rows' ? [...table.tBodies] : all('tbody > tr:not(.d)', table);
    const keyed = items.map((item) => {
      const row = item.rows ? item.rows[0] : item;
      const group = column === 0 && item.dataset.g;
      return { item, key: group ? Number(group) : key(row.cells[column]) };
    });
    keyed.sort((a, b) => order(a.key, b.key) * (up ? 1 : -1));
    for (const { item } of keyed) item.parentNode.append(item);
  };

  for (const table of all('table')) {
    const sortable = table.id === 'rows' || (table.tBodies.length === 1 && !table.querySelector('tr.d'));
    if (!sortable || table.rows.length < 4) continue;
    all('thead th', table).forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      if (!button.textContent) return;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const up = head.getAttribute('aria-sort') !== 'ascending';
        all('th[aria-sort]', table).forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        sort(table, column, up);
      });
    });
  }

  const table = one('#rows');
  if (!table) return;
  const rows = [...table.tBodies];
  const visible = () => [...table.tBodies].filter((row) => !row.hidden);
  const fold = (row, open) => {
    const details = row.querySelector('details');
    if (details) details.open = open ?? !details.open;
  };
  table.addEventListener('click', (event) => {
    const row = event.target.closest('tr');
    const chosen = String(getSelection()) !== '';
    if (row?.parentNode.rows?.[0] === row && !event.target.closest('a, button, summary') && !chosen) fold(row.parentNode);
  });

  const bar = one('.bar');
  if (bar) {
    const search = one('#q');
    const boxes = all('input[type=checkbox]', bar);
    const filter = () => {
      const words = search.value.toLowerCase();
      const groups = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      for (const row of rows) {
        const name = row.rows[0].querySelector('th').textContent.toLowerCase();
        row.hidden = !name.includes(words) || (boxes.length > 0 && !groups.has(row.dataset.g));
      }
      one('#said').textContent = `${visible().length} of ${rows.length} shown`;
    };
    bar.hidden = false;
    search.placeholder = 'press /';
    bar.addEventListener('input', filter);
    one('#open')?.addEventListener('click', () => visible().forEach((row) => fold(row, true)));
    one('#close')?.addEventListener('click', () => rows.forEach((row) => fold(row, false)));
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target === search) {
        if (event.key !== 'Escape') return;
        search.value = '';
        search.blur();
        filter();
        return;
      }
      const marks = visible().map((row) => row.querySelector('summary')).filter(Boolean);
      const at = marks.indexOf(document.activeElement);
      if (event.key === '/') {
        event.preventDefault();
        search.focus();
      } else if (event.key === 'j') {
        marks[Math.min(at + 1, marks.length - 1)]?.focus();
      } else if (event.key === 'k') {
        marks[Math.max(at - 1, 0)]?.focus();
      }
    });
    filter();
  }

  // What is worth reading is printed unfolded, and the first of it is so at once.
  const worth = rows.filter((row) => row.rows[0].cells[0].matches('.bad, .doubt'));
  worth.filter((row) => row.rows[0].cells[0].matches('.bad')).slice(0, 1).forEach((row) => fold(row, true));
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = worth.filter((row) => !row.hidden && row.querySelector('details:not([open])'));
    unfolded.forEach((row) => fold(row, true));
  });
  addEventListener('afterprint', () => unfolded.forEach((row) => fold(row, false)));
})();
