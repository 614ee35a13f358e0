//! The data pages of a column (format version 2.11), read one at a time and within bounds.
//!
//! A page says how large it is. What it says is not believed: the bytes of a page are decompressed here, up to a bound,
//! rather than by the library, which makes room for what the header claims.

use std::io::{self, BufReader, Read, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::properties::ReaderProperties;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;

use super::lz4;
use crate::source::archive::seekable::{Origin, ReadSeek};

/// Largest data page, compressed or not, and largest footer, in bytes. Common writers aim at 1 MiB, but write no less
/// than 1,024 rows, so that pages of HTML reach some 100 MiB.
pub(super) const MAX_DATA_PAGE: u64 = 256 << 20;
/// Most values of a data page; some decoders make room for as many.
const MAX_VALUES: u32 = 16 << 20;

/// The file, shared by the readers of its columns.
#[derive(Clone)]
pub(super) struct Chunks {
    from: Arc<Mutex<Box<dyn ReadSeek>>>,
    length: u64,
}

impl Chunks {
    pub(super) fn open(origin: &Origin) -> io::Result<Self> {
        let mut from = origin.open()?;
        let length = from.seek(SeekFrom::End(0))?;
        Ok(Self { from: Arc::new(Mutex::new(from)), length })
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = BufReader<At>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::with_capacity(1 << 10, At { from: Arc::clone(&self.from), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let left = self.length.saturating_sub(start);
        if length as u64 > left.min(MAX_DATA_PAGE) {
            return Err(failed(if length as u64 > left { "ends early" } else { TOO_LARGE }));
        }
        let mut bytes = vec![0; length];
        At { from: Arc::clone(&self.from), at: start }.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// A reader of the file that keeps its own place.
pub(super) struct At {
    from: Arc<Mutex<Box<dyn ReadSeek>>>,
    at: u64,
}

impl Read for At {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        from.seek(SeekFrom::Start(self.at))?;
        let n = from.read(to)?;
        self.at += n as u64;
        Ok(n)
    }
}

/// The data pages of a column chunk, decompressed.
pub(super) struct Pages {
    inner: SerializedPageReader<Chunks>,
    codec: Compression,
}

impl Pages {
    pub(super) fn open(file: &Chunks, column: &ColumnChunkMetaData, rows: usize) -> Result<Self> {
        let places = [
            Some(column.data_page_offset()),
            column.dictionary_page_offset(),
            Some(column.compressed_size()),
        ];
        if places.into_iter().flatten().any(|place| place < 0) {
            // The library would panic.
            return Err(failed("a column at a place before the file"));
        }
        let codec = column.compression();
        // The library is to leave the bytes of pages as they are.
        let plain = column.clone().into_builder().set_compression(Compression::UNCOMPRESSED).build()?;
        // Room is made for statistics as large as they say they are; nobody needs them here.
        let properties = ReaderProperties::builder().set_read_page_statistics(false).build();
        let file = Arc::new(file.clone());
        let inner =
            SerializedPageReader::new_with_properties(file, &plain, rows, None, Arc::new(properties))?;
        Ok(Self { inner, codec })
    }

    fn unpacked(&self, mut page: Page) -> Result<Page> {
        if page.num_values() > MAX_VALUES {
            return Err(failed(TOO_LARGE));
        }
        match &mut page {
            Page::DataPage { buf, .. } => *buf = unpack(self.codec, buf)?,
            Page::DictionaryPage { buf, num_values, .. } => {
                *buf = unpack(self.codec, buf)?;
                // A value takes four bytes at least; room is made for all of them at once.
                if *num_values as usize > buf.len() / 4 {
                    return Err(failed("a dictionary shorter than it says"));
                }
            }
            Page::DataPageV2 { buf, def_levels_byte_len, rep_levels_byte_len, is_compressed, .. } => {
                let levels = *def_levels_byte_len as usize + *rep_levels_byte_len as usize;
                if levels > buf.len() {
                    return Err(failed("a page shorter than it says"));
                }
                if *is_compressed && levels < buf.len() {
                    *buf = [&buf[..levels], &unpack(self.codec, &buf[levels..])?].concat().into();
                }
                *is_compressed = false;
            }
        }
        Ok(page)
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.inner.get_next_page()?;
        page.map(|page| self.unpacked(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.inner.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.inner.skip_next_page()
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

pub(super) const TOO_LARGE: &str = "a data page of more than 256 MiB";

pub(super) fn failed(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}

/// The content of a page.
fn unpack(codec: Compression, packed: &[u8]) -> Result<Bytes> {
    match codec {
        Compression::UNCOMPRESSED => Ok(Bytes::copy_from_slice(packed)),
        Compression::SNAPPY => {
            let length = snap::raw::decompress_len(packed).map_err(io::Error::from)?;
            if length as u64 > MAX_DATA_PAGE {
                return Err(failed(TOO_LARGE));
            }
            Ok(snap::raw::Decoder::new().decompress_vec(packed).map_err(io::Error::from)?.into())
        }
        Compression::GZIP(_) => read_bounded(flate2::read::MultiGzDecoder::new(packed)),
        Compression::ZSTD(_) => read_bounded(zstd::stream::read::Decoder::with_buffer(packed)?),
        Compression::BROTLI(_) => read_bounded(brotli_decompressor::Decompressor::new(packed, 4 << 10)),
        Compression::LZ4_RAW => lz4::block(packed),
        Compression::LZ4 => lz4::blocks(packed),
        Compression::LZO => Err(ParquetError::NYI("is compressed by LZO".to_owned())),
    }
}

fn read_bounded(from: impl Read) -> Result<Bytes> {
    let mut bytes = Vec::new();
    from.take(MAX_DATA_PAGE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_DATA_PAGE {
        return Err(failed(TOO_LARGE));
    }
    Ok(bytes.into())
}
