//! The ids of one page, packed: each as its distance from the one before, in as few bytes as it takes.

const MORE: u8 = 0x80;
const BITS: u32 = 7;

/// Packs ids in the order given; neighbours that lie close together take a byte or two.
pub(crate) fn pack(ids: &[i64]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(ids.len() * 2);
    let mut before = 0_i64;
    for id in ids {
        let step = id.wrapping_sub(before);
        before = *id;
        put(&mut packed, step.wrapping_shl(1) ^ (step >> 63));
    }
    packed
}

/// Unpacks ids into `ids`; says whether what was packed made sense.
pub(crate) fn unpack(packed: &[u8], ids: &mut Vec<i64>) -> bool {
    let (mut before, mut value, mut shift) = (0_i64, 0_u64, 0_u32);
    for byte in packed {
        if shift > 63 {
            return false;
        }
        value |= u64::from(byte & !MORE) << shift;
        shift += BITS;
        if byte & MORE == 0 {
            before = before.wrapping_add(((value >> 1) as i64) ^ -((value & 1) as i64));
            ids.push(before);
            (value, shift) = (0, 0);
        }
    }
    shift == 0
}

fn put(packed: &mut Vec<u8>, folded: i64) {
    let mut rest = folded as u64;
    while rest >= u64::from(MORE) {
        packed.push((rest & u64::from(!MORE)) as u8 | MORE);
        rest >>= BITS;
    }
    packed.push(rest as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neighbours_take_little_room() {
        let ids: Vec<i64> = (0..500).map(|n| 30_000_000 - n * 3).collect();
        assert!(pack(&ids).len() < 520, "about a byte each");
    }

    proptest! {
        #[test]
        fn any_ids_come_back(ids in prop::collection::vec(any::<i64>(), 0..600)) {
            let mut back = Vec::new();
            prop_assert!(unpack(&pack(&ids), &mut back), "it is whole");
            prop_assert_eq!(back, ids, "and the same");
        }
    }
}
