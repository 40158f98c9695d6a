//! How the letters of a text are encoded.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes from the start by which the encoding is found; up to this size the whole file.
const ENCODING_SAMPLE: u64 = 4 << 20;
/// Further samples, spread over larger files.
const SPREAD: u64 = 16;
const SPREAD_BYTES: usize = 64 << 10;

/// Encoding of a file, whether a byte order mark starts it, and whether that is sure.
pub fn detect(path: &Path) -> io::Result<(&'static Encoding, bool, bool)> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut start = Vec::new();
    (&mut file).take(ENCODING_SAMPLE).read_to_end(&mut start)?;
    if let Some((encoding, _)) = Encoding::for_bom(&start) {
        return Ok((encoding, true, true));
    }
    if let Some(encoding) = utf_16_without_mark(&start) {
        return Ok((encoding, false, true));
    }
    let mut pieces = vec![start];
    if size > ENCODING_SAMPLE {
        for i in 1..=SPREAD {
            let mut piece = Vec::new();
            file.seek(SeekFrom::Start((size - SPREAD_BYTES as u64).max(ENCODING_SAMPLE) / SPREAD * i))?;
            (&mut file).take(SPREAD_BYTES as u64).read_to_end(&mut piece)?;
            pieces.push(piece);
        }
    }
    if pieces.iter().enumerate().all(|(i, piece)| is_utf8(piece, i > 0)) {
        return Ok((UTF_8, false, true));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for (i, piece) in pieces.iter().enumerate() {
        detector.feed(piece, i + 1 == pieces.len());
    }
    let guess = detector.guess(None, Utf8Detection::Deny);
    // Some bytes that are not UTF-8 in a text that otherwise is: a damaged row, not another encoding.
    let mostly_utf8 = pieces.iter().map(|p| broken_sequences(p)).sum::<usize>() * 20
        < pieces.iter().map(|p| multibyte_sequences(p)).sum::<usize>();
    Ok(if mostly_utf8 { (UTF_8, false, false) } else { (guess, false, false) })
}

/// Whether the byte order mark of an encoding starts a file.
pub fn has_mark(path: &Path, encoding: &'static Encoding) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(3).read_to_end(&mut start)?;
    Ok(Encoding::for_bom(&start).is_some_and(|(found, _)| found == encoding))
}

/// Whether a piece is UTF-8, but for a character cut off at its end (or start, when it is from the middle).
fn is_utf8(piece: &[u8], from_middle: bool) -> bool {
    let cut = if from_middle { piece.iter().take(3).take_while(|b| (0x80..0xc0).contains(*b)).count() } else { 0 };
    match std::str::from_utf8(&piece[cut..]) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none(),
    }
}

fn broken_sequences(piece: &[u8]) -> usize {
    piece.utf8_chunks().filter(|c| !c.invalid().is_empty()).count()
}

fn multibyte_sequences(piece: &[u8]) -> usize {
    piece.utf8_chunks().map(|c| c.valid().chars().filter(|c| !c.is_ascii()).count()).sum()
}

/// UTF-16 shows in NUL bytes at every other place of Latin text.
fn utf_16_without_mark(start: &[u8]) -> Option<&'static Encoding> {
    let pairs = start.len().min(4096) / 2;
    let nuls = |offset: usize| (0..pairs).filter(|i| start[2 * i + offset] == 0).count();
    if pairs < 2 {
        None
    } else if nuls(1) * 10 > pairs * 7 && nuls(0) * 10 < pairs {
        Some(UTF_16LE)
    } else if nuls(0) * 10 > pairs * 7 && nuls(1) * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}
