//! Archives of every sort, made of the same pages.

use std::io::{Read, Write};
use std::ops::Range;

/// An archive.
pub(crate) struct Built {
    pub(crate) bytes: Vec<u8>,
    /// Where each page stands, where each can be read by itself.
    pub(crate) spans: Option<Vec<Range<usize>>>,
    /// Where each page ends in the decompressed stream, where they cannot.
    pub(crate) ends: Vec<usize>,
    /// How many bytes the beginning of such a stream decompresses to.
    pub(crate) decoded: fn(&[u8]) -> usize,
    /// Where a directory of places begins, without which nothing can be read.
    pub(crate) directory: Option<usize>,
}

type Build = fn(&[String]) -> Built;

pub(crate) const FORMATS: &[(&str, Build)] = &[
    ("a.wet", |pages| joined(pages, conversion, b"", b"")),
    ("a.wet.gz", |pages| joined(pages, |i, text| gzip(&conversion(i, text)), b"", b"")),
    ("a.warc.gz", |pages| joined(pages, |i, text| gzip(&response(i, text)), b"", b"")),
    ("a.jsonl", |pages| joined(pages, |i, text| [object(i, text).as_slice(), b"\n"].concat(), b"", b"")),
    ("a.json", |pages| {
        joined(pages, |i, text| [object(i, text).as_slice(), b",\n"].concat(), b"[\n", b"{}]\n")
    }),
    ("b.json", |pages| joined(pages, |i, text| [object(i, text).as_slice(), b", "].concat(), b"[", b"{}]")),
    ("a.jsonl.gz", |pages| packed(pages, gzip, |b| count(flate2::read::MultiGzDecoder::new(b)))),
    ("a.jsonl.zst", |pages| packed(pages, zst, |b| zstd::Decoder::new(b).map_or(0, count))),
    ("a.jsonl.xz", |pages| packed(pages, xz, |b| count(liblzma::read::XzDecoder::new(b)))),
    ("a.zip", zip),
    ("a.tar", |pages| joined(pages, entry, b"", &[0; 1024])),
    #[cfg(feature = "parquet")]
    ("a.parquet", parquet),
];

/// The pages one after another, each made by `make`.
fn joined(pages: &[String], make: impl Fn(usize, &str) -> Vec<u8>, before: &[u8], after: &[u8]) -> Built {
    let (mut bytes, mut spans) = (before.to_vec(), Vec::new());
    for (i, text) in pages.iter().enumerate() {
        // What separates it from the page before belongs to both.
        let start = bytes.len().saturating_sub(4);
        bytes.extend(make(i, text));
        spans.push(start..bytes.len());
    }
    bytes.extend(after);
    Built { bytes, spans: Some(spans), ends: Vec::new(), decoded: <[u8]>::len, directory: None }
}

/// JSON Lines, compressed as a whole.
fn packed(pages: &[String], pack: fn(&[u8]) -> Vec<u8>, decoded: fn(&[u8]) -> usize) -> Built {
    let (mut lines, mut ends) = (Vec::new(), Vec::new());
    for (i, text) in pages.iter().enumerate() {
        lines.extend(object(i, text));
        lines.push(b'\n');
        ends.push(lines.len());
    }
    Built { bytes: pack(&lines), spans: None, ends, decoded, directory: None }
}

fn object(i: usize, text: &str) -> Vec<u8> {
    serde_json::json!({ "id": format!("p{i}"), "text": text }).to_string().into_bytes()
}

fn conversion(i: usize, text: &str) -> Vec<u8> {
    record("conversion", "text/plain", i, text)
}

fn response(i: usize, text: &str) -> Vec<u8> {
    let body: String = text.lines().map(|line| ["<p>", line, "</p>\n"].concat()).collect();
    let block = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{body}</body></html>"
    );
    record("response", "application/http; msgtype=response", i, &block)
}

fn record(kind: &str, media_type: &str, i: usize, block: &str) -> Vec<u8> {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{i}>\r\nContent-Type: {media_type}\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

pub(crate) fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn zst(data: &[u8]) -> Vec<u8> {
    zstd::encode_all(data, 3).unwrap()
}

fn xz(data: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// How much can be read before it breaks.
fn count(mut from: impl Read) -> usize {
    let (mut total, mut buffer) = (0, [0; 4096]);
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        total += n;
    }
    total
}

fn zip(pages: &[String]) -> Built {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut starts = Vec::new();
    for (i, text) in pages.iter().enumerate() {
        let method =
            if i % 4 == 0 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(format!("sub/{i}.txt"), options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
        starts.push(format!("sub/{i}.txt"));
    }
    let bytes = writer.finish().unwrap().into_inner();
    // The first place of each name is in its local header.
    let at = |name: &String| memchr::memmem::find(&bytes, name.as_bytes()).unwrap() - 30;
    let mut starts: Vec<usize> = starts.iter().map(at).collect();
    starts.push(memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap());
    let spans = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    Built { bytes, spans: Some(spans), ends: Vec::new(), decoded: <[u8]>::len, directory: None }
}

/// A row group a page.
#[cfg(feature = "parquet")]
fn parquet(pages: &[String]) -> Built {
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;

    let schema = "message m { required binary text (UTF8); required binary id (UTF8); }";
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema.into(), properties.into()).unwrap();
    let mut spans = Vec::new();
    for (i, text) in pages.iter().enumerate() {
        let mut group = writer.next_row_group().unwrap();
        for value in [text.clone(), format!("p{i}")] {
            let mut column = group.next_column().unwrap().unwrap();
            let value = ByteArray::from(value.into_bytes());
            column.typed::<ByteArrayType>().write_batch(&[value], None, None).unwrap();
            column.close().unwrap();
        }
        let (start, length) = group.close().unwrap().column(0).byte_range();
        spans.push(start as usize..(start + length) as usize);
    }
    let bytes = writer.into_inner().unwrap();
    let directory = spans.last().map(|span| span.end);
    Built { bytes, spans: Some(spans), ends: Vec::new(), decoded: <[u8]>::len, directory }
}

pub(crate) fn entry(i: usize, text: &str) -> Vec<u8> {
    let mut out = vec![0u8; 512];
    let name = format!("{i}.txt");
    out[..name.len()].copy_from_slice(name.as_bytes());
    out[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
    out[148..156].fill(b' ');
    out[156] = b'0';
    out[257..263].copy_from_slice(b"ustar\0");
    let sum: u32 = out.iter().map(|&b| u32::from(b)).sum();
    out[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    out.extend(text.as_bytes());
    out.resize(out.len().next_multiple_of(512), 0);
    out
}
