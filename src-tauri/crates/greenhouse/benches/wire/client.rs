//! What is measured, one role in each process: two bare loops of the HTTP library, and the client.

use crate::{
    PAGES,
    cost::{Cost, Took},
};
use domain::{ids::CandidateId, secret::Secret};
use futures_util::future::join_all;
use greenhouse::{
    Credential, Endpoints, Filter, Harvest,
    page::Row,
    wire::{Candidate, Job, Resource},
};
use jiff::Timestamp;
use reqwest::header::LINK;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::hint::black_box;

pub(crate) fn measure(role: &str, address: &str, workers: u32) -> Cost {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    match role {
        "split" => bare(&runtime, address, |body| {
            let records: Vec<Box<RawValue>> = serde_json::from_slice(body).unwrap();
            black_box(records).len()
        }),
        "whole" => bare(&runtime, address, |body| {
            let page: Box<RawValue> = serde_json::from_slice(body).unwrap();
            usize::from(!black_box(page).get().is_empty())
        }),
        "typed" => typed::<Candidate>(&runtime, address),
        "lean" => typed::<Lean>(&runtime, address),
        "workers" => shared(&runtime, address, workers),
        other => panic!("{other} is no role"),
    }
}

/// A bare loop: ask, read whole, parse, follow the link.
fn bare(runtime: &tokio::runtime::Runtime, address: &str, parse: impl Fn(&[u8]) -> usize) -> Cost {
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let http = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap();
    Cost::of(|| {
        runtime.block_on(async {
            let mut took = Took::default();
            let mut next = Some(format!("{address}/v3/candidates?per_page=500"));
            while let Some(url) = next {
                let answer = http.get(url).bearer_auth("token-1").send().await.unwrap();
                next = answer.headers().get(LINK).map(|link| {
                    let link = link.to_str().unwrap();
                    link[1..link.find('>').unwrap()].to_owned()
                });
                let body = answer.bytes().await.unwrap();
                took.bytes += body.len();
                took.records += parse(&body);
            }
            took
        })
    })
}

/// A row of one's own: what a sync has columns for. The rest stays in the text beside it.
#[derive(Debug, Deserialize)]
struct Lean {
    id: CandidateId,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    title: Option<String>,
    private: Option<bool>,
    last_activity_at: Option<Timestamp>,
    email_addresses: Option<Vec<Address>>,
}

#[derive(Debug, Deserialize)]
struct Address {
    value: Option<String>,
}

impl Resource for Lean {
    const NAME: &'static str = Candidate::NAME;

    fn number(&self) -> i64 {
        self.id.get()
    }

    fn made_at(&self) -> Option<Timestamp> {
        self.created_at
    }

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }

    fn lacking(&self) -> Option<&'static str> {
        black_box((
            &self.first_name,
            &self.last_name,
            &self.company,
            &self.title,
            self.private,
            self.last_activity_at,
        ));
        for address in self.email_addresses.iter().flatten() {
            black_box(address.value.as_deref());
        }
        None
    }
}

fn typed<T: Row>(runtime: &tokio::runtime::Runtime, address: &str) -> Cost {
    let harvest = harvest(address);
    Cost::of(|| {
        runtime.block_on(async {
            let mut took = Took::default();
            let mut pages = harvest.list::<T>(&Filter::all());
            while let Some(page) = pages.next().await.unwrap() {
                took.records += page.records.len();
                took.bytes += page
                    .records
                    .iter()
                    .map(|it| it.raw.get().len())
                    .sum::<usize>();
                black_box(page);
            }
            took
        })
    })
}

/// So many workers share one budget for one hundred requests.
fn shared(runtime: &tokio::runtime::Runtime, address: &str, workers: u32) -> Cost {
    let harvest = harvest(address);
    Cost::of(|| {
        runtime.block_on(async {
            let work = (0..workers).map(|worker| {
                let harvest = harvest.clone();
                async move {
                    let share = (0..PAGES).filter(|number| number % workers == worker);
                    for _ in share {
                        let mut jobs = harvest.list::<Job>(&Filter::all().per_page(1));
                        jobs.next().await.unwrap();
                    }
                }
            });
            join_all(work).await;
            Took {
                rejections: harvest.budget().snapshot().rejections,
                ..Took::default()
            }
        })
    })
}

fn harvest(address: &str) -> Harvest {
    let endpoints = Endpoints::parse(&format!("{address}/v3"), address).unwrap();
    let credential = Credential {
        client_id: "made-up".to_owned(),
        client_secret: Secret::new("made-up"),
    };
    Harvest::new(endpoints, credential).unwrap()
}
