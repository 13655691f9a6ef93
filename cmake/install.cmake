# Install rules; filled as the installed targets appear.
