//! Article extractors of the Rust world behind the contract that ../adapter.py describes.

use serde_json::{json, Value};
use std::{env, fs, panic, time::Instant};

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

/// Processor seconds of the only thread.
fn processor() -> f64 {
    let figures = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    figures.split(' ').next().and_then(|n| n.parse::<f64>().ok()).expect("a number") / 1e9
}

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let work: fn(&[u8]) -> Value = match args[0].as_str() {
        "rs-trafilatura" => rs_trafilatura,
        "dom_smoothie" => dom_smoothie,
        other => panic!("no such peer: {other}"),
    };
    panic::set_hook(Box::new(|_| {}));
    let list = fs::read_to_string(&args[1]).expect("the list of inputs");
    let documents: Vec<(&str, &str)> =
        list.lines().map(|line| line.split_once('\t').expect("id and path")).collect();
    let rounds: usize = args[4].parse().expect("the number of rounds");
    let (mut seconds, mut cpu) = (Vec::new(), Vec::new());
    let (mut size, mut errors, mut output) = (0, 0, String::new());
    for round in 0..rounds {
        let (mut spent, mut used) = (0.0, 0.0);
        for (id, path) in &documents {
            let page = fs::read(path).expect("a page");
            let (start, begun) = (Instant::now(), processor());
            let mut record = panic::catch_unwind(|| work(&page)).unwrap_or_else(|_| json!({"error": "panic"}));
            spent += start.elapsed().as_secs_f64();
            used += processor() - begun;
            if round == 0 {
                size += page.len();
                errors += usize::from(record.get("error").is_some());
                record["id"] = json!(id);
                output += &(record.to_string() + "\n");
            }
        }
        seconds.push(spent);
        cpu.push(used);
    }
    fs::write(&args[2], output).expect("the output");
    let report = json!({"documents": documents.len(), "bytes": size, "errors": errors, "seconds": seconds, "cpu": cpu});
    fs::write(&args[3], report.to_string()).expect("the report");
}
