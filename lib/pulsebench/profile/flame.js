"use strict";
for (const svg of document.querySelectorAll("svg.flame")) {
  const width = 1200, letter = 6.6, boxes = [...svg.querySelectorAll("g.f")].map((g) => {
    const rect = g.querySelector("rect"), title = g.querySelector("title").textContent;
    return { g, rect, title, text: g.querySelector("text"), name: title.split("\n")[0],
      x: +rect.getAttribute("x"), w: +rect.getAttribute("width"), y: +rect.getAttribute("y"),
      fill: rect.getAttribute("fill") };
  });
  const status = svg.querySelector("text.status"), reset = svg.querySelector("text.reset");
  const draw = (box, x, w) => {
    box.g.setAttribute("display", w < 0.5 ? "none" : "inline");
    box.rect.setAttribute("x", x);
    box.rect.setAttribute("width", w);
    const fits = Math.floor(w / letter), text = box.text;
    text.setAttribute("x", Math.max(x, 0) + 2);
    text.textContent = fits < 3 ? "" : box.name.length <= fits ? box.name : box.name.slice(0, fits - 1) + "…";
  };
  const zoom = (to) => {
    for (const box of boxes) {
      const x = (box.x - to.x) * width / to.w, w = box.w * width / to.w;
      const below = box.y > to.y && box.x <= to.x + 0.01 && box.x + box.w >= to.x + to.w - 0.01;
      const within = box.x >= to.x - 0.01 && box.x + box.w <= to.x + to.w + 0.01 && box.y <= to.y;
      if (below) draw(box, 0, width); else draw(box, x, within ? w : 0);
      box.g.setAttribute("opacity", below ? 0.5 : 1);
    }
    reset.setAttribute("display", to.w < width ? "inline" : "none");
  };
  const search = (words) => {
    const found = (box) => words !== "" && box.name.toLowerCase().includes(words.toLowerCase());
    let sum = 0, end = -1;
    for (const box of boxes) box.rect.setAttribute("fill", found(box) ? "#c060e0" : box.fill);
    for (const box of boxes.filter(found).sort((a, b) => a.x - b.x || b.w - a.w)) {
      if (box.x + 0.01 < end) continue;
      sum += box.w;
      end = box.x + box.w;
    }
    status.textContent = words === "" ? "" : (100 * sum / width).toFixed(1) + " % in '" + words + "'";
  };
  for (const box of boxes) box.g.addEventListener("click", () => zoom(box));
  reset.addEventListener("click", () => zoom({ x: 0, w: width, y: Infinity }));
  svg.querySelector("text.search").addEventListener("click", () => {
    const words = prompt("part of a function's name");
    if (words !== null) search(words);
  });
}
