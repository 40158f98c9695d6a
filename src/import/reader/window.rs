//! A moving window over the text of a file, as UTF-8 bytes whatever the file's encoding.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use super::file_sentence;

const CHUNK: usize = 256 << 10;

/// The unread part of a text. Bytes of a UTF-8 file are passed on unchecked; other encodings are decoded,
/// with U+FFFD for what is not text in them.
pub struct Window {
    source: Box<dyn Read>,
    decoder: Option<Box<Decoder>>,
    /// Undecoded bytes, when there is a decoder.
    raw: Vec<u8>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    read: u64,
    done: bool,
}

impl Window {
    /// A window over a file. `bom` says that a byte order mark starts it.
    pub fn open(path: &Path, encoding: &str, bom: bool) -> Result<Self, String> {
        let encoding = Encoding::for_label(encoding.as_bytes())
            .ok_or_else(|| format!("“{encoding}” is no encoding that is known; try utf-8, windows-1252 or utf-16le"))?;
        let file = File::open(path).map_err(|e| file_sentence(path, &e))?;
        Self::over(Box::new(file), encoding, bom).map_err(|e| file_sentence(path, &e))
    }

    /// A window over any bytes.
    pub fn over(source: Box<dyn Read>, encoding: &'static Encoding, bom: bool) -> io::Result<Self> {
        let decoder = (encoding != UTF_8).then(|| Box::new(encoding.new_decoder_with_bom_removal()));
        let mut window =
            Self { source, decoder, raw: Vec::new(), buffer: vec![0; CHUNK], start: 0, end: 0, read: 0, done: false };
        if bom && encoding == UTF_8 {
            while window.bytes().len() < 3 && window.more()? {}
            if window.bytes().starts_with(b"\xef\xbb\xbf") {
                window.consume(3);
            }
        }
        Ok(window)
    }

    /// What was read and not consumed.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Whether the text was decoded from an encoding other than UTF-8.
    pub fn is_decoded(&self) -> bool {
        self.decoder.is_some()
    }

    /// Moves on by `n` bytes.
    pub fn consume(&mut self, n: usize) {
        self.start = (self.start + n).min(self.end);
    }

    /// Bytes of the file consumed so far (estimated where the text is decoded).
    pub fn position(&self) -> u64 {
        if self.decoder.is_some() { self.read } else { self.read - self.bytes().len() as u64 }
    }

    /// Reads on; `false` at the end of the file.
    pub fn more(&mut self) -> io::Result<bool> {
        if self.done {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.buffer.len() - self.end < CHUNK / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        if self.decoder.is_some() { self.decode_more() } else { self.read_more() }
    }

    fn read_more(&mut self) -> io::Result<bool> {
        let n = read_some(&mut self.source, &mut self.buffer[self.end..])?;
        self.end += n;
        self.read += n as u64;
        self.done = n == 0;
        Ok(n > 0)
    }

    fn decode_more(&mut self) -> io::Result<bool> {
        loop {
            let kept = self.raw.len();
            self.raw.resize(kept + CHUNK / 8, 0);
            let n = read_some(&mut self.source, &mut self.raw[kept..])?;
            self.raw.truncate(kept + n);
            self.read += n as u64;
            let last = n == 0;
            let Some(decoder) = &mut self.decoder else { return Ok(false) };
            let (result, used, written, _) = decoder.decode_to_utf8(&self.raw, &mut self.buffer[self.end..], last);
            self.raw.drain(..used);
            self.end += written;
            self.done = last && result == CoderResult::InputEmpty;
            if written > 0 || self.done {
                return Ok(written > 0);
            }
        }
    }
}

fn read_some(source: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(into) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
