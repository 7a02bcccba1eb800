//! Empty: cargo wants a library for tests to belong to.
