// Article extractors of the JavaScript world behind the contract that ../adapter.py describes.
import {run} from './adapter.mjs';

const BLOCKS = new Set(('P DIV H1 H2 H3 H4 H5 H6 LI UL OL TR TABLE BLOCKQUOTE PRE SECTION ARTICLE FIGURE ' +
  'FIGCAPTION DT DD BR').split(' '));

// Page bytes as a string: BOM, then <meta>, then UTF-8, then windows-1252.
function decode(bytes) {
  const declared = /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(bytes.subarray(0, 4096).toString('latin1'));
  for (const label of [declared?.[1], 'utf-8']) {
    try {
      if (label) return new TextDecoder(label, {fatal: true}).decode(bytes);
    } catch { /* an unknown or a wrong label: the next one */ }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

// The text under a node with a line break at every block boundary.
function textOf(root) {
  const parts = [];
  const stack = [[root, false]];
  while (stack.length) {
    const [node, closing] = stack.pop();
    if (node.nodeType === 3) {
      parts.push(node.data);
      continue;
    }
    const block = BLOCKS.has(node.nodeName.toUpperCase());
    if (block) parts.push('\n');
    if (closing) continue;
    if (block) stack.push([node, true]);
    for (let child = node.lastChild; child; child = child.previousSibling) {
      if (child.nodeType === 1 || child.nodeType === 3) stack.push([child, false]);
    }
  }
  return parts.join('').replace(/[ \t\r\f\v]*\n\s*/g, '\n').trim();
}

const loaders = {
  async 'readability-jsdom'() {
    const {Readability} = await import('@mozilla/readability');
    const {JSDOM, VirtualConsole} = await import('jsdom');
    return (bytes) => {
      const dom = new JSDOM(bytes, {contentType: 'text/html', url: 'http://page.example/', virtualConsole: new VirtualConsole()});
      const article = new Readability(dom.window.document, {serializer: textOf}).parse();
      const record = fromReadability(article);
      dom.window.close();
      return record;
    };
  },
  async 'readability-linkedom'() {
    const {Readability} = await import('@mozilla/readability');
    const {parseHTML} = await import('linkedom');
    return (bytes) => fromReadability(new Readability(parseHTML(decode(bytes)).document, {serializer: textOf}).parse());
  },
  async 'defuddle-linkedom'() {
    const {Defuddle} = await import('defuddle/node');
    const {parseHTML} = await import('linkedom');
    return async (bytes) => {
      const result = await Defuddle(parseHTML(decode(bytes)).document, 'http://page.example/', {useAsync: false});
      const content = parseHTML(`<html><body>${result.content}</body></html>`).document.body;
      return {text: textOf(content), title: result.title, author: result.author ? [result.author] : undefined,
        date: result.published, site: result.site};
    };
  },
};

function fromReadability(article) {
  return article ? {text: article.content, title: article.title, author: article.byline ? [article.byline] : undefined,
    date: article.publishedTime, site: article.siteName} : {};
}

await run(loaders);
