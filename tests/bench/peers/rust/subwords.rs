//! GitHub's bpe (rust-gems) behind the contract that ../adapter.py describes: a text in, ids of cl100k_base out.

mod adapter;

use serde_json::{json, Value};

fn encode(text: &[u8]) -> Value {
    match std::str::from_utf8(text) {
        Ok(text) => json!({"ids": bpe_openai::cl100k_base().encode(text)}),
        Err(error) => json!({"error": error.to_string()}),
    }
}

fn main() {
    bpe_openai::cl100k_base();
    adapter::run(|peer| match peer {
        "bpe-openai" => Some(Box::new(encode)),
        _ => None,
    });
}
