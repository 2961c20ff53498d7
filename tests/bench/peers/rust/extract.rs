//! Article extractors of the Rust world behind the contract that ../adapter.py describes.

mod adapter;

use serde_json::{json, Value};

fn decode(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let label = head.find("charset").map(|at| {
        head[at + 7..]
            .trim_start_matches(|c: char| c.is_whitespace() || "='\"".contains(c))
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_.:".contains(*c))
            .collect::<String>()
    });
    let encoding = label.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes()));
    for candidate in [encoding, Some(encoding_rs::UTF_8)].into_iter().flatten() {
        let (text, _, failed) = candidate.decode(bytes);
        if !failed {
            return text.into_owned();
        }
    }
    encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()
}

fn rs_trafilatura(bytes: &[u8]) -> Value {
    match rs_trafilatura::extract_bytes(bytes) {
        Ok(r) => json!({"text": r.content_text, "title": r.metadata.title, "author": r.metadata.author.map(|a| vec![a]),
            "date": r.metadata.date.map(|d| d.to_rfc3339()), "site": r.metadata.sitename}),
        Err(e) => json!({"error": e.to_string()}),
    }
}

fn dom_smoothie(bytes: &[u8]) -> Value {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let parsed = dom_smoothie::Readability::new(decode(bytes), None, Some(config)).and_then(|mut r| r.parse());
    match parsed {
        Ok(a) => json!({"text": a.text_content.to_string(), "title": a.title, "author": a.byline.map(|b| vec![b]),
            "date": a.published_time, "site": a.site_name}),
        Err(e) => json!({"error": e.to_string()}),
    }
}

fn main() {
    adapter::run(|peer| match peer {
        "rs-trafilatura" => Some(Box::new(rs_trafilatura)),
        "dom_smoothie" => Some(Box::new(dom_smoothie)),
        _ => None,
    });
}
