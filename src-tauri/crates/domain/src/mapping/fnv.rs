//! FNV-1a: a hash for short texts that is the same in every run.

/// What a hash begins with.
pub(super) const BEGIN: u64 = 0xcbf2_9ce4_8422_2325;

/// Returns a hash with one more byte in it.
pub(super) const fn mixed(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}
