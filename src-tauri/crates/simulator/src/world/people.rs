//! What happens to people: made, changed, merged, deleted, anonymised, tagged.

use super::{Act, Key, World};
use crate::{journal::Change, refusal::Refusal, webhooks::payload};
use domain::ids::{AppliedCandidateTagId, CandidateId, CandidateTagId};
use greenhouse::{
    webhook::EventKind,
    wire::{
        Application, AppliedCandidateTag, AsSent, Candidate, CandidateTag, NewCandidate,
        PatchCandidate,
    },
};
use jiff::Timestamp;
use serde_json::{Value, json};

/// The fields that anonymising wipes.
const ANONYMIZED: [&str; 6] = [
    "full_name",
    "current_company",
    "current_title",
    "email_addresses",
    "phone_numbers",
    "tags",
];

impl World {
    /// Makes a person, with an application where one is asked for. Either both are made or neither.
    pub(crate) fn create_candidate(
        &mut self,
        act: Act,
        new: NewCandidate,
    ) -> Result<(Candidate, Option<Application>), Refusal> {
        if let Some(arm) = &new.application {
            self.check_arm(arm)?;
        }
        let arm = new.application.clone();
        let tags = new.tags.clone();
        let candidate = self
            .candidates
            .insert(|id| made(CandidateId(id), act.at, new));
        let change = Change::CandidateCreated {
            candidate: candidate.id,
        };
        self.tell(act, change);
        for tag in &tags {
            self.apply_tag_named(act, candidate.id, tag);
        }
        let application = match arm {
            Some(arm) => Some(self.create_application(act, candidate.id, &arm)?),
            None => None,
        };
        Ok((candidate, application))
    }

    /// Changes what a patch names; an array replaces the whole array.
    pub(crate) fn patch_candidate(
        &mut self,
        act: Act,
        id: CandidateId,
        patch: PatchCandidate,
    ) -> Result<Candidate, Refusal> {
        let tags = patch.tags.clone();
        let changed = self
            .candidates
            .update(id.get(), act.at, |it| change(it, patch, act.at));
        let changed = changed.ok_or(Refusal::NotFound)?;
        if let Some(tags) = tags {
            self.replace_tags(act, id, &tags);
        }
        self.tell_candidate_updated(act, id);
        Ok(changed)
    }

    fn tell_candidate_updated(&mut self, act: Act, id: CandidateId) {
        let payload = json!({ "candidate": payload::candidate(self, id) });
        let change = Change::CandidateUpdated { candidate: id };
        self.tell_with(act, change, EventKind::UpdateCandidate, payload);
    }

    /// Makes two people one: everything of the loser is the survivor's from now on.
    pub(crate) fn merge_candidates(
        &mut self,
        act: Act,
        survivor: CandidateId,
        loser: CandidateId,
    ) -> Result<Candidate, Refusal> {
        if survivor == loser {
            return Err(Refusal::field(
                "secondary_candidate_id",
                "must be somebody else",
            ));
        }
        let lost = self.candidates.get(loser.get()).ok_or(Refusal::NotFound)?;
        let person = payload::merged_person(&lost, survivor);
        let update = |it: &mut Candidate| take_over(it, &lost);
        let kept = self.candidates.update(survivor.get(), act.at, update);
        let kept = kept.ok_or(Refusal::NotFound)?;
        self.hand_over(act.at, loser, survivor);
        self.candidates.remove(loser.get());
        let change = Change::CandidateMerged { loser, survivor };
        self.tell_with(
            act,
            change,
            EventKind::MergeCandidate,
            json!({ "person": person }),
        );
        Ok(kept)
    }

    fn hand_over(&mut self, at: Timestamp, from: CandidateId, to: CandidateId) {
        let key = Key::Candidate(from.get());
        for row in self.applications.having(&key) {
            self.applications
                .update(row.id.get(), at, |it| it.candidate_id = Some(to));
        }
        for row in self.attachments.having(&key) {
            self.attachments
                .update(row.id.get(), at, |it| it.candidate_id = Some(to));
        }
        for row in self.notes.having(&key) {
            self.notes
                .update(row.id.get(), at, |it| it.candidate_id = Some(to));
        }
        for row in self.candidate_educations.having(&key) {
            self.candidate_educations
                .update(row.id.get(), at, |it| it.candidate_id = Some(to));
        }
        for row in self.candidate_employments.having(&key) {
            self.candidate_employments
                .update(row.id.get(), at, |it| it.candidate_id = Some(to));
        }
        for row in self.applied_candidate_tags.having(&key) {
            self.applied_candidate_tags
                .update(row.id.get(), at, |it| it.candidate_id = Some(to));
        }
    }

    /// Deletes a person with everything of theirs.
    pub(crate) fn delete_candidate(&mut self, act: Act, id: CandidateId) -> Result<(), Refusal> {
        let key = Key::Candidate(id.get());
        let gone = self.candidates.get(id.get()).ok_or(Refusal::NotFound)?;
        let applications = self.applications.having(&key);
        let ids: Vec<_> = applications.iter().map(|it| it.id).collect();
        let mut person = payload::person(&gone);
        if let Value::Object(members) = &mut person {
            members.insert("deleted_application_ids".into(), json!(ids));
        }
        for application in ids {
            self.drop_application(application);
        }
        for row in self.notes.having(&key) {
            self.notes.remove(row.id.get());
        }
        for row in self.candidate_educations.having(&key) {
            self.candidate_educations.remove(row.id.get());
        }
        for row in self.candidate_employments.having(&key) {
            self.candidate_employments.remove(row.id.get());
        }
        for row in self.applied_candidate_tags.having(&key) {
            self.applied_candidate_tags.remove(row.id.get());
        }
        self.candidates.remove(id.get());
        let change = Change::CandidateDeleted { candidate: id };
        self.tell_with(
            act,
            change,
            EventKind::DeleteCandidate,
            json!({ "person": person }),
        );
        Ok(())
    }

    /// Wipes what a person could be recognised by; the record stays.
    pub(crate) fn anonymize_candidate(&mut self, act: Act, id: CandidateId) -> Result<(), Refusal> {
        let wipe = |it: &mut Candidate| {
            it.first_name = Some("(Anonymized)".to_owned());
            it.last_name = Some(String::new());
            (it.preferred_name, it.company, it.title) = (None, None, None);
            it.phone_numbers.clear();
            it.email_addresses.clear();
            it.addresses.clear();
            it.website_addresses.clear();
            it.social_media_addresses.clear();
            it.tags.clear();
        };
        self.candidates
            .update(id.get(), act.at, wipe)
            .ok_or(Refusal::NotFound)?;
        let payload = json!({ "candidate_id": id, "anonymized_fields": ANONYMIZED });
        let change = Change::CandidateAnonymized { candidate: id };
        self.tell_with(act, change, EventKind::CandidateAnonymized, payload);
        Ok(())
    }

    /// Makes a tag that nobody wears yet.
    pub(crate) fn create_tag(&mut self, act: Act, name: &str) -> Result<CandidateTag, Refusal> {
        if self.tag_named(name).is_some() {
            return Err(Refusal::field("name", "has already been taken"));
        }
        Ok(self.new_tag(act, name))
    }

    /// Puts a tag on a person; once is enough.
    pub(crate) fn apply_tag(
        &mut self,
        act: Act,
        candidate: CandidateId,
        tag: CandidateTagId,
    ) -> Result<AppliedCandidateTag, Refusal> {
        if !self.candidates.has(candidate.get()) {
            return Err(Refusal::field("candidate_id", "does not exist"));
        }
        let Some(CandidateTag {
            name: Some(name), ..
        }) = self.candidate_tags.get(tag.get())
        else {
            return Err(Refusal::field("candidate_tag_id", "does not exist"));
        };
        let worn = self
            .applied_candidate_tags
            .having(&Key::Candidate(candidate.get()));
        if worn.iter().any(|it| it.candidate_tag_id == Some(tag)) {
            return Err(Refusal::field("candidate_tag_id", "has already been taken"));
        }
        self.candidates
            .update(candidate.get(), act.at, |it| it.tags.push(name.clone()));
        Ok(self.put_on(act, candidate, tag, name))
    }

    /// Takes a tag off a person, by the id of the row.
    pub(crate) fn remove_tag(
        &mut self,
        act: Act,
        row: AppliedCandidateTagId,
    ) -> Result<(), Refusal> {
        let row = self
            .applied_candidate_tags
            .remove(row.get())
            .ok_or(Refusal::NotFound)?;
        let tag = row
            .candidate_tag_id
            .and_then(|tag| self.candidate_tags.get(tag.get()));
        let name = tag.and_then(|tag| tag.name).unwrap_or_default();
        if let Some(candidate) = row.candidate_id {
            self.candidates.update(candidate.get(), act.at, |it| {
                it.tags.retain(|it| *it != name)
            });
            self.tell(act, Change::TagRemoved { candidate, name });
        }
        Ok(())
    }

    fn replace_tags(&mut self, act: Act, candidate: CandidateId, names: &[String]) {
        for row in self
            .applied_candidate_tags
            .having(&Key::Candidate(candidate.get()))
        {
            let tag = row
                .candidate_tag_id
                .and_then(|tag| self.candidate_tags.get(tag.get()));
            let name = tag.and_then(|tag| tag.name).unwrap_or_default();
            if !names.contains(&name) {
                self.applied_candidate_tags.remove(row.id.get());
                self.tell(act, Change::TagRemoved { candidate, name });
            }
        }
        for name in names {
            self.apply_tag_named(act, candidate, name);
        }
    }

    fn apply_tag_named(&mut self, act: Act, candidate: CandidateId, name: &str) {
        let tag = match self.tag_named(name) {
            Some(tag) => tag,
            None => self.new_tag(act, name),
        };
        let worn = self
            .applied_candidate_tags
            .having(&Key::Candidate(candidate.get()));
        if !worn.iter().any(|it| it.candidate_tag_id == Some(tag.id)) {
            self.put_on(act, candidate, tag.id, name.to_owned());
        }
    }

    fn tag_named(&self, name: &str) -> Option<CandidateTag> {
        self.candidate_tags
            .records()
            .find(|tag| tag.name.as_deref() == Some(name))
    }

    fn new_tag(&mut self, act: Act, name: &str) -> CandidateTag {
        let tag = self.candidate_tags.insert(|id| CandidateTag {
            id: CandidateTagId(id),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            name: Some(name.to_owned()),
        });
        self.tell(
            act,
            Change::TagCreated {
                name: name.to_owned(),
            },
        );
        tag
    }

    fn put_on(
        &mut self,
        act: Act,
        candidate: CandidateId,
        tag: CandidateTagId,
        name: String,
    ) -> AppliedCandidateTag {
        let row = self
            .applied_candidate_tags
            .insert(|id| AppliedCandidateTag {
                id: AppliedCandidateTagId(id),
                created_at: Some(act.at),
                updated_at: Some(act.at),
                candidate_id: Some(candidate),
                candidate_tag_id: Some(tag),
            });
        self.tell(act, Change::TagApplied { candidate, name });
        row
    }
}

fn made(id: CandidateId, at: Timestamp, new: NewCandidate) -> Candidate {
    Candidate {
        id,
        created_at: Some(at),
        updated_at: Some(at),
        first_name: Some(new.first_name),
        last_name: Some(new.last_name),
        preferred_name: emptied(new.preferred_name),
        company: emptied(new.company),
        title: emptied(new.title),
        time_zone: new.time_zone,
        private: Some(new.is_private.unwrap_or(false)),
        can_email: Some(new.can_email.unwrap_or(true)),
        tags: new.tags,
        linked_user_ids: new.linked_user_ids,
        phone_numbers: new.phone_numbers,
        email_addresses: new.email_addresses,
        addresses: new.addresses,
        website_addresses: new.website_addresses,
        social_media_addresses: new.social_media_addresses,
        custom_fields: json!(new.custom_fields).into(),
        last_activity_at: Some(at),
        message: AsSent::default(),
    }
}

fn change(it: &mut Candidate, patch: PatchCandidate, at: Timestamp) {
    let text = |kept: &mut Option<String>, new: Option<String>| {
        if new.is_some() {
            *kept = emptied(new);
        }
    };
    text(&mut it.first_name, patch.first_name);
    text(&mut it.last_name, patch.last_name);
    text(&mut it.preferred_name, patch.preferred_name);
    text(&mut it.company, patch.company);
    text(&mut it.title, patch.title);
    text(&mut it.time_zone, patch.time_zone);
    it.private = patch.is_private.or(it.private);
    it.can_email = patch.can_email.or(it.can_email);
    replace(&mut it.phone_numbers, patch.phone_numbers);
    replace(&mut it.email_addresses, patch.email_addresses);
    replace(&mut it.addresses, patch.addresses);
    replace(&mut it.website_addresses, patch.website_addresses);
    replace(&mut it.social_media_addresses, patch.social_media_addresses);
    replace(&mut it.tags, patch.tags);
    replace(&mut it.linked_user_ids, patch.linked_user_ids);
    if let Some(fields) = patch.custom_fields {
        let kept: Vec<_> = fields
            .into_iter()
            .filter(|field| !field.value.is_null())
            .collect();
        it.custom_fields = json!(kept).into();
    }
    it.last_activity_at = Some(at);
}

fn replace<T>(kept: &mut Vec<T>, new: Option<Vec<T>>) {
    if let Some(new) = new {
        *kept = new;
    }
}

/// An empty text reads back as nothing.
fn emptied(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn take_over(kept: &mut Candidate, lost: &Candidate) {
    fn add<T: Clone + PartialEq>(kept: &mut Vec<T>, lost: &[T]) {
        for it in lost {
            if !kept.contains(it) {
                kept.push(it.clone());
            }
        }
    }
    add(&mut kept.email_addresses, &lost.email_addresses);
    add(&mut kept.phone_numbers, &lost.phone_numbers);
    add(&mut kept.addresses, &lost.addresses);
    add(&mut kept.website_addresses, &lost.website_addresses);
    add(
        &mut kept.social_media_addresses,
        &lost.social_media_addresses,
    );
    add(&mut kept.tags, &lost.tags);
}
