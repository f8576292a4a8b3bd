// Find what a module works on, each element once, however often a part of the page is exchanged.
export function each(root, selector, name, work) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  for (const element of found) {
    const mark = `coso${name}`;
    if (element[mark]) continue;
    element[mark] = true;
    work(element);
  }
}
