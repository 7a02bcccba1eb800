//! Bytes that tell where the parser went last, since it does not say itself which part of a workbook a sheet is.

use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The bytes of a workbook.
pub(super) struct Watched {
    bytes: Cursor<Vec<u8>>,
    place: Place,
}

/// Where a part begins that is being read.
#[derive(Debug, Clone, Default)]
pub(super) struct Place(Arc<AtomicU64>);

impl Watched {
    pub(super) fn of(bytes: Vec<u8>) -> (Self, Place) {
        let place = Place::default();
        let watched = Self {
            bytes: Cursor::new(bytes),
            place: place.clone(),
        };
        (watched, place)
    }
}

impl Place {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.bytes.read(buffer)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let place = self.bytes.seek(to)?;
        self.place.0.store(place, Ordering::Relaxed);
        Ok(place)
    }
}
