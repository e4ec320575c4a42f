// Texts of the page that stand out too little from what is behind them (WCAG 2.2, 1.4.3): 4.5, large text 3.
() => {
  const LEAST = 4.5, LEAST_LARGE = 3, LARGE_PX = 24, LARGE_BOLD_PX = 18.66, BOLD = 700;
  const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
    .getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const parsed = (text) => {
    if (!known.has(text)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = text;
      brush.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
      known.set(text, [red, green, blue, alpha / 255]);
    }
    return known.get(text);
  };
  const over = (top, ground) => [0, 1, 2].map((at) => top[at] * top[3] + ground[at] * (1 - top[3])).concat(1);
  const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = (colour) => 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  // Every ground a node may stand on: more than one where a gradient runs.
  const groundsOf = (node) => {
    const layers = [], plate = node.matches(".plate-text") && node.previousElementSibling;
    if (plate) return [parsed(getComputedStyle(plate).fill)]; // a number on a plate
    for (let one = node; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      const stops = style.backgroundImage.match(/(?:rgba?|color|oklch|oklab)\([^)]*\)/g) || [];
      const colours = [...stops, style.backgroundColor].map(parsed).filter((colour) => colour[3] > 0);
      if (colours.length) layers.push(colours);
      if (colours.some((colour) => colour[3] === 1)) break;
    }
    let grounds = [parsed(getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "#000" : "#fff")];
    for (const colours of layers.reverse())
      grounds = colours.flatMap((colour) => grounds.map((ground) => over(colour, ground)));
    return grounds;
  };
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (node.closest("script, style, noscript, option, title, [aria-hidden=true], :disabled, .visually-hidden")) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    const ink = node.closest("svg") && node instanceof SVGElement ? style.fill : style.color;
    const large = size >= LARGE_PX || (size >= LARGE_BOLD_PX && Number(style.fontWeight) >= BOLD);
    let seen = 1;
    for (let one = node; one; one = one.parentElement) seen *= Number(getComputedStyle(one).opacity);
    const colour = parsed(ink), faded = [...colour.slice(0, 3), colour[3] * seen];
    const ratio = Math.min(...groundsOf(node).map((ground) => contrast(over(faded, ground), ground)));
    if (ratio < (large ? LEAST_LARGE : LEAST) - 0.01)
      faults.add(`contrast ${ratio.toFixed(2)}: ${node.tagName.toLowerCase()}.${node.getAttribute("class") || ""} in .${node.parentElement.getAttribute("class") || ""} "${text.data.trim().slice(0, 30)}"`);
  }
  return [...faults];
}
