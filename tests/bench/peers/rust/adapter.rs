//! What the Rust peers share: the loop that ../adapter.py describes.

use serde_json::{json, Value};
use std::{env, fs, io::Write, panic, time::Instant};

pub type Work = Box<dyn Fn(&[u8]) -> Value + panic::RefUnwindSafe>;

/// Processor seconds of the only thread.
fn processor() -> f64 {
    let figures = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    figures.split(' ').next().and_then(|n| n.parse::<f64>().ok()).expect("a number") / 1e9
}

/// main() of an adapter. `load` gives the work of the peer that has a name.
pub fn run(load: impl Fn(&str) -> Option<Work>) {
    let args: Vec<String> = env::args().skip(1).collect();
    let work = load(&args[0]).unwrap_or_else(|| panic!("no such peer: {}", args[0]));
    panic::set_hook(Box::new(|_| {}));
    let list = fs::read_to_string(&args[1]).expect("the list of inputs");
    let documents: Vec<Vec<&str>> = list.lines().map(|line| line.split('\t').collect()).collect();
    let rounds: usize = args[4].parse().expect("the number of rounds");
    let mut output = std::io::BufWriter::new(fs::File::create(&args[2]).expect("the output"));
    let (mut seconds, mut cpu) = (Vec::new(), Vec::new());
    let (mut size, mut errors) = (0, 0);
    for round in 0..rounds {
        let (mut spent, mut used) = (0.0, 0.0);
        for document in &documents {
            let page = fs::read(document[1]).expect("a page");
            let (start, begun) = (Instant::now(), processor());
            let mut record = panic::catch_unwind(|| work(&page)).unwrap_or_else(|_| json!({"error": "panic"}));
            spent += start.elapsed().as_secs_f64();
            used += processor() - begun;
            if round == 0 {
                size += page.len();
                errors += usize::from(record.get("error").is_some());
                record["id"] = json!(document[0]);
                writeln!(output, "{record}").expect("the output");
            }
        }
        seconds.push(spent);
        cpu.push(used);
    }
    output.flush().expect("the output");
    let report = json!({"documents": documents.len(), "bytes": size, "errors": errors, "seconds": seconds, "cpu": cpu});
    fs::write(&args[3], report.to_string()).expect("the report");
}
