// tiktoken of npm (WebAssembly) behind the contract that ../adapter.py describes: a text in, ids of cl100k_base out.
import {run} from './adapter.mjs';

await run({
  async 'tiktoken-npm'() {
    const {get_encoding: encoding} = await import('tiktoken');
    const encoder = encoding('cl100k_base');
    const decoder = new TextDecoder();
    return (bytes) => ({ids: encoder.encode_ordinary(decoder.decode(bytes))});
  },
});
