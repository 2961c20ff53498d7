// Readability.js as a filter: a line {"html", "url"} in, a line {"text"} out. Paragraphs are kept
// apart by blank lines, which textContent alone does not do.
const readline = require("readline");
const { JSDOM, VirtualConsole } = require("jsdom");
const { Readability } = require("@mozilla/readability");

const BLOCK = new Set(["P", "DIV", "SECTION", "ARTICLE", "H1", "H2", "H3", "H4", "H5", "H6", "LI",
  "UL", "OL", "BLOCKQUOTE", "PRE", "FIGURE", "FIGCAPTION", "TABLE", "TR", "HR", "BR"]);

function textOf(root) {
  let out = "";
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) {
        out += child.nodeValue.replace(/\s+/g, " ");
      } else if (child.nodeType === 1) {
        const block = BLOCK.has(child.tagName);
        if (block) out += "\n";
        walk(child);
        if (block) out += "\n";
      }
    }
  };
  walk(root);
  return out.split("\n").map((l) => l.trim()).filter((l) => l).join("\n\n");
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { html, url } = JSON.parse(line);
  let text = "";
  try {
    const dom = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
    const article = new Readability(dom.window.document).parse();
    if (article) text = textOf(new JSDOM(article.content).window.document.body);
    dom.window.close();
  } catch (error) {
    console.error(String(error).slice(0, 200));
  }
  process.stdout.write(JSON.stringify({ text }) + "\n");
});
