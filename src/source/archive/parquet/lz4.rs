//! LZ4, in the two ways that Parquet files have it: `LZ4_RAW`, one block, and the older `LZ4`, blocks as Hadoop frames
//! them.

use bytes::Bytes;
use lz4_flex::block::{DecompressError, decompress_into};
use parquet::errors::Result;

use super::pages::{MAX_DATA_PAGE, TOO_LARGE, failed};

/// How much room is tried first, in lengths of the block.
const FIRST: usize = 4;

/// The content of one block, which does not say how long it is.
pub(super) fn block(packed: &[u8]) -> Result<Bytes> {
    let mut bytes = Vec::new();
    append(packed, &mut bytes)?;
    Ok(bytes.into())
}

/// The content of blocks that each follow their lengths with and without compression, as big-endian numbers of 32 bits.
/// Writers before 2020 put a single block without lengths there.
pub(super) fn blocks(packed: &[u8]) -> Result<Bytes> {
    let mut bytes = Vec::new();
    let mut rest = packed;
    while let Some((length, own, after)) = framed(rest) {
        let before = bytes.len();
        append(own, &mut bytes)?;
        if bytes.len() - before != length {
            break;
        }
        rest = after;
    }
    if rest.is_empty() { Ok(bytes.into()) } else { block(packed) }
}

/// The length of the first block's content, the block, and what follows.
fn framed(bytes: &[u8]) -> Option<(usize, &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (packed, rest) = rest.split_first_chunk::<4>()?;
    let (own, after) = rest.split_at_checked(u32::from_be_bytes(*packed) as usize)?;
    Some((u32::from_be_bytes(*length) as usize, own, after))
}

/// Appends the content of a block, trying with more and more room.
fn append(packed: &[u8], to: &mut Vec<u8>) -> Result<()> {
    let start = to.len();
    let most = usize::try_from(MAX_DATA_PAGE).unwrap_or(usize::MAX).saturating_sub(start);
    let mut room = packed.len().saturating_mul(FIRST).min(most);
    loop {
        to.resize(start + room, 0);
        match decompress_into(packed, &mut to[start..]) {
            Ok(length) => {
                to.truncate(start + length);
                return Ok(());
            }
            Err(DecompressError::OutputTooSmall { .. }) if room < most => {
                room = room.saturating_mul(2).clamp(1, most);
            }
            Err(DecompressError::OutputTooSmall { .. }) => return Err(failed(TOO_LARGE)),
            Err(_) => return Err(failed("a page that LZ4 cannot decompress")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of the letter `a` that repeats itself, `20 + 255 × more` times.
    fn long(more: usize) -> Vec<u8> {
        let tail = [vec![0x1F, b'a', 1, 0], vec![255; more], vec![0, 0]].concat();
        // The last five bytes of a block are literal.
        let mut block = tail;
        block.pop();
        block.extend([0x50, b'a', b'a', b'a', b'a', b'a']);
        block
    }

    #[test]
    fn blocks_grow_as_they_need_and_no_further() {
        let length = block(&long(1000)).unwrap().len();
        assert!(length > 255_000, "{length}");
        assert!(block(&long(2 << 20)).is_err(), "more than a page may hold");
        assert!(block(b"\xFF\xFF").is_err());
    }

    #[test]
    fn framed_and_unframed_blocks_are_read() {
        let own = long(3);
        let content = block(&own).unwrap();
        let lengths = [(content.len() as u32).to_be_bytes(), (own.len() as u32).to_be_bytes()].concat();
        let framed = [&lengths[..], &own].concat();
        assert_eq!(blocks(&framed).unwrap(), content);
        assert_eq!(blocks(&framed.repeat(2)).unwrap(), [&content[..], &content].concat());
        assert_eq!(blocks(&own).unwrap(), content);
    }
}
