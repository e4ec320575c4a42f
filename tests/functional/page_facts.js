// What the crawl wants to know of the page before it: its faults, its words, and where it leads.
() => {
  const faults = [];
  const say = (what, node) => faults.push(`${what}: ${node.outerHTML.replace(/\s+/g, " ").slice(0, 140)}`);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const textOf = (id) => document.getElementById(id)?.textContent.trim() || "";
  const idsIn = (node, key) => (node.getAttribute(key) || "").split(/\s+/).filter(Boolean);
  const labelOf = (node) =>
    (node.getAttribute("aria-label") || idsIn(node, "aria-labelledby").map(textOf).join(" ")).trim();
  const imagesIn = (node) => [...node.querySelectorAll("img[alt]")].map((one) => one.alt).join("").trim();
  const nameOf = (node) => labelOf(node) || node.textContent.trim() || node.title || imagesIn(node);
  const hidden = (node) => node.closest("[aria-hidden=true], [hidden], template") !== null;

  for (const tag of ["h1", "main"]) if (all(tag).length !== 1) faults.push(`${all(tag).length} ${tag}`);
  if (!document.documentElement.lang) faults.push("no language");
  if (!/^\s*[^\s·-]/.test(document.title)) faults.push(`no title: ${document.title}`);
  for (const field of all("input:not([type=hidden], [type=submit]), select, textarea")) {
    const labels = [...field.labels].map((one) => one.textContent.trim()).join("");
    if (!labels && !labelOf(field)) say("no label", field);
  }
  for (const node of all("button, a[href], summary, [role=button]"))
    if (!hidden(node) && !nameOf(node)) say("no name", node);
  for (const image of all("img:not([alt])")) say("no alternative", image);
  for (const drawing of all("svg"))
    if (!hidden(drawing) && !labelOf(drawing) && !drawing.querySelector(":scope > title"))
      say("no alternative", drawing);
  const ids = all("[id]").map((node) => node.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) faults.push(`id twice: ${id}`);
  for (const key of ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form"])
    for (const node of all(`[${key}]`))
      for (const id of idsIn(node, key)) if (!document.getElementById(id)) say(`${key} leads nowhere`, node);
  let level = 1;
  for (const heading of all("main h1, main h2, main h3, main h4")) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) say(`heading skips from h${level}`, heading);
    level = now;
  }

  const copy = (document.querySelector("main") || document.body).cloneNode(true);
  copy.querySelectorAll("script, template, textarea, code, pre").forEach((one) => one.remove());
  const absolute = (one) => new URL(one.getAttribute("href"), location).href;
  return {
    faults,
    text: copy.textContent,
    ids: all("[id], a[name]").map((one) => one.id || one.name),
    files: all("a[download]").map(absolute),
    links: all("a[href]").map(absolute),
  };
}
