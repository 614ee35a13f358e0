//! Throughput of the stages on one thread, against `wc -m` on the same bytes.
//!
//! usage: `cargo bench --bench throughput [-- FILE_OR_FOLDER…]`; without arguments, on the sample pages of `seeds/`
//! many times over. Times are wall times on one thread: run it on a machine that does nothing else.

use std::hint::black_box;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use solieu::Extractor;
use solieu::rules::RuleSources;
use solieu::source::{Feed, Input, RawPage};
use solieu::text::Text;

/// How often the sample pages are read.
const REPEATS: usize = 200;

fn main() -> anyhow::Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os()
        .skip(1)
        .filter(|a| !a.to_string_lossy().starts_with("--"))
        .map(PathBuf::from)
        .collect();
    let repeats = if paths.is_empty() { REPEATS } else { 1 };
    let paths = if paths.is_empty() { vec![PathBuf::from("seeds")] } else { paths };
    let start = Instant::now();
    let extractor = Extractor::new(&RuleSources::builtin())?;
    println!("rules compiled in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let (mut bytes, mut all) = (0, Vec::new());
    let mut seconds = [0.0; 3];
    for item in Feed::new(paths.into_iter().map(Input::from_arg).collect()) {
        for page in item.pages(&mut Vec::new()) {
            bytes += page.bytes.len() * repeats;
            for _ in 0..repeats {
                all.extend_from_slice(&page.bytes);
                time_stages(&extractor, &page, &mut seconds);
            }
        }
    }
    let megabytes = bytes as f64 / 1e6;
    println!("{megabytes:.1} MB");
    let count = wc(&all)?;
    for (name, seconds) in ["text", "article", "extract (all stages)"].iter().zip(seconds) {
        println!("{name:<22}{:>8.1} MB/s{:>8.2} × wc -m", megabytes / seconds, count / seconds);
    }
    println!("{:<22}{:>8.1} MB/s", "wc -m", megabytes / count);
    Ok(())
}

fn time_stages(extractor: &Extractor, page: &RawPage<'_>, seconds: &mut [f64; 3]) {
    let start = Instant::now();
    black_box(Text::read(&page.bytes));
    seconds[0] += start.elapsed().as_secs_f64();
    let start = Instant::now();
    black_box(extractor.page_rules().read_raw(page));
    seconds[1] += start.elapsed().as_secs_f64();
    let start = Instant::now();
    let mut json = Vec::new();
    extractor.extract(page, &mut |fact| {
        json.clear();
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut json, &fact);
        black_box(&json);
    });
    seconds[2] += start.elapsed().as_secs_f64();
}

/// Seconds that `wc -m` takes for `bytes` in a UTF-8 locale.
fn wc(bytes: &[u8]) -> anyhow::Result<f64> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(bytes)?;
    let mut command = Command::new("wc");
    command.arg("-m").arg(file.path()).env("LC_ALL", "C.UTF-8").stdout(Stdio::null());
    command.status()?;
    let start = Instant::now();
    command.status()?;
    Ok(start.elapsed().as_secs_f64())
}
