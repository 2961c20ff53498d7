// What the JavaScript peers share: the loop that ../adapter.py describes.
import {closeSync, openSync, readFileSync, writeFileSync, writeSync} from 'node:fs';

// Typed arrays are written as lists.
const plain = (_, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;

async function timed(work, bytes) {
  const [start, begun] = [process.hrtime.bigint(), process.cpuUsage()];
  let record;
  try {
    record = await work(bytes);
  } catch (error) {
    record = {error: String(error).slice(0, 300)};
  }
  const spent = Number(process.hrtime.bigint() - start) / 1e9;
  const {user, system} = process.cpuUsage(begun);
  return {record, spent, used: (user + system) / 1e6};
}

// main() of an adapter. `loaders` maps a name to a function that loads the peer and returns bytes -> record.
export async function run(loaders) {
  const [peer, inputs, output, report, rounds] = process.argv.slice(2);
  const work = await loaders[peer]();
  const documents = readFileSync(inputs, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
  console.log = console.warn = console.error = () => {};
  const lines = openSync(output, 'w');
  const [seconds, cpu] = [[], []];
  let [size, errors] = [0, 0];
  for (let round = 0; round < Number(rounds); ++round) {
    seconds.push(0);
    cpu.push(0);
    for (const [id, path] of documents) {
      const bytes = readFileSync(path);
      const {record, spent, used} = await timed(work, bytes);
      seconds[round] += spent;
      cpu[round] += used;
      if (round > 0) continue;
      size += bytes.length;
      errors += 'error' in record;
      writeSync(lines, JSON.stringify({id, ...record}, plain) + '\n');
    }
  }
  closeSync(lines);
  writeFileSync(report, JSON.stringify({documents: documents.length, bytes: size, errors, seconds, cpu}));
  process.exit(0);
}
