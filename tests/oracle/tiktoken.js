// Subwords against the npm package tiktoken, id for id: tiktoken.js TOKENIZE SCRATCH_FOLDER [TEXT ...]
// Exits with 77 (skipped) where the package is not found: NODE_PATH names the folder that holds it.
const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');

let tiktoken;
try {
  tiktoken = require('tiktoken');
} catch (error) {
  console.log('skipped: the npm package tiktoken is not there (set NODE_PATH)');
  process.exit(77);
}
const root = path.dirname(require.resolve('tiktoken'));
const [tool, scratch, ...files] = process.argv.slice(2);

let seed = 1;
function random(below) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed % below;
}

// Texts: the files named, random bytes, characters at which the patterns differ, and long runs.
const texts = files.map((name) => fs.readFileSync(name, 'utf8'));
for (let k = 0; k < 200; k++) {
  texts.push(Buffer.from(Array.from({ length: 400 }, () => random(256))).toString('utf8'));
}
const alphabet = [..." \n\r\t'sSdDmMtTreREveVElLLabAB\u00e9\u00c9\u4e2d\u304b\u00df\u0661\u00b2\u00bd\u01c5\u02b0" +
                  "\u0301\u017f.,!/-(\u00a0\u3000\u2028\u{1f600}0123\u200d'"];
for (let k = 0; k < 3000; k++) {
  texts.push(Array.from({ length: 1 + random(40) }, () => alphabet[random(alphabet.length)]).join(''));
}
texts.push('a'.repeat(20000), ' '.repeat(5000) + 'x', '\n'.repeat(3000), '\u00e9'.repeat(3000));
const records = path.join(scratch, 'oracle.jsonl');
fs.writeFileSync(records, texts.map((text) => JSON.stringify({ text }) + '\n').join(''));

// The package holds its ranks as "! FIRST_RANK token token ..."; the tool reads "token rank" lines.
function ranks(encoder) {
  const lines = [];
  for (const line of encoder.bpe_ranks.split('\n').filter(Boolean)) {
    const [, first, ...tokens] = line.split(' ');
    tokens.forEach((token, i) => lines.push(`${token} ${Number(first) + i}\n`));
  }
  return lines.join('');
}

let failures = 0;
for (const name of ['gpt2', 'cl100k_base', 'o200k_base']) {
  const encoder = require(path.join(root, 'encoders', name + '.json'));
  const vocabulary = path.join(scratch, name + '.tiktoken');
  fs.writeFileSync(vocabulary, ranks(encoder));
  const oracle = new tiktoken.Tiktoken(encoder.bpe_ranks, encoder.special_tokens, encoder.pat_str);
  const output = execFileSync(tool, ['--vocabulary', vocabulary, records], { maxBuffer: 1 << 30 });
  output.toString().trim().split('\n').forEach((line, i) => {
    const found = JSON.stringify(JSON.parse(line).subwords);
    const expected = JSON.stringify(Array.from(oracle.encode_ordinary(texts[i])));
    if (found === expected) return;
    if (++failures < 10) console.log(`${name}: ${JSON.stringify(texts[i]).slice(0, 200)}`);
  });
  console.log(`${name}: ${texts.length} texts`);
}
process.exit(failures === 0 ? 0 : 1);
