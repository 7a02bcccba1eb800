//! headhuntr
fn main() {}
