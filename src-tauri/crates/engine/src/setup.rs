//! The seven steps of the set-up. Each room observes and decides; how a step stands is derived in `domain::setup`.

mod webhooks;
