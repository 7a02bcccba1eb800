//! Bytes that tell where the parser went last, since it does not say itself which part of a workbook a sheet is.

use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The bytes of a workbook, being read.
pub(super) struct Watched {
    bytes: Cursor<Shared>,
    place: Place,
}

/// The bytes of a workbook.
#[derive(Clone)]
pub(super) struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Where a part begins that is being read.
#[derive(Debug, Clone, Default)]
pub(super) struct Place(Arc<AtomicU64>);

impl Watched {
    pub(super) fn of(bytes: Vec<u8>) -> (Self, Shared, Place) {
        let place = Place::default();
        let bytes = Shared(Arc::new(bytes));
        let watched = Self {
            bytes: Cursor::new(bytes.clone()),
            place: place.clone(),
        };
        (watched, bytes, place)
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
