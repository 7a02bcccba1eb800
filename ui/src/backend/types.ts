// What the engine is asked and what it answers, as it reaches the page. The types are the engine's own (in bindings/);
// its wide whole numbers are spelled `bigint` there, and arrive as plain numbers, since the answers are JSON.

import type { Call } from "../bindings/Call";
import type { Replies } from "../bindings/Surface";
import type { AuditPage as RawAuditPage } from "../bindings/AuditPage";
import type { AuditRow as RawAuditRow } from "../bindings/AuditRow";
import type { DryRun as RawDryRun } from "../bindings/DryRun";
import type { DryRunRow as RawDryRunRow } from "../bindings/DryRunRow";
import type { Event as RawEvent } from "../bindings/Event";
import type { HomeView as RawHomeView } from "../bindings/HomeView";
import type { MappingPage as RawMappingPage } from "../bindings/MappingPage";
import type { MappingRow as RawMappingRow } from "../bindings/MappingRow";
import type { OutcomesPage as RawOutcomesPage } from "../bindings/OutcomesPage";
import type { PeoplePage as RawPeoplePage } from "../bindings/PeoplePage";
import type { PersonRow as RawPersonRow } from "../bindings/PersonRow";
import type { ReviewView as RawReviewView } from "../bindings/ReviewView";
import type { RunProgress as RawRunProgress } from "../bindings/RunProgress";
import type { RunRow as RawRunRow } from "../bindings/RunRow";
import type { RunsPage as RawRunsPage } from "../bindings/RunsPage";
import type { SlotView as RawSlotView } from "../bindings/SlotView";
import type { WebhooksView as RawWebhooksView } from "../bindings/WebhooksView";

export type { AcceptedCredential } from "../bindings/AcceptedCredential";
export type { AddressState } from "../bindings/AddressState";
export type { Attention } from "../bindings/Attention";
export type { Bar } from "../bindings/Bar";
export type { BudgetView } from "../bindings/BudgetView";
export type { CandidatesImport } from "../bindings/CandidatesImport";
export type { Code } from "../bindings/Code";
export type { ColumnView } from "../bindings/ColumnView";
export type { Conflict } from "../bindings/Conflict";
export type { Count } from "../bindings/Count";
export type { CredentialView } from "../bindings/CredentialView";
export type { Decided } from "../bindings/Decided";
export type { DecidedSection } from "../bindings/DecidedSection";
export type { Decision } from "../bindings/Decision";
export type { Delivery } from "../bindings/Delivery";
export type { Dialect } from "../bindings/Dialect";
export type { EventChoice } from "../bindings/EventChoice";
export type { Evidence } from "../bindings/Evidence";
export type { FileKind } from "../bindings/FileKind";
export type { FileVerdict } from "../bindings/FileVerdict";
export type { FirstRun } from "../bindings/FirstRun";
export type { ImportDiff } from "../bindings/ImportDiff";
export type { Interest } from "../bindings/Interest";
export type { MappingFilter } from "../bindings/MappingFilter";
export type { MappingState } from "../bindings/MappingState";
export type { MappingView } from "../bindings/MappingView";
export type { Need } from "../bindings/Need";
export type { Overview } from "../bindings/Overview";
export type { PeopleFilter } from "../bindings/PeopleFilter";
export type { PermissionItem } from "../bindings/PermissionItem";
export type { PermissionRow } from "../bindings/PermissionRow";
export type { PermissionsView } from "../bindings/PermissionsView";
export type { PersonState } from "../bindings/PersonState";
export type { Problem } from "../bindings/Problem";
export type { Proof } from "../bindings/Proof";
export type { Reason } from "../bindings/Reason";
export type { RowTrouble } from "../bindings/RowTrouble";
export type { RunKind } from "../bindings/RunKind";
export type { RunOutcome } from "../bindings/RunOutcome";
export type { SecretView } from "../bindings/SecretView";
export type { SlotState } from "../bindings/SlotState";
export type { Standing } from "../bindings/Standing";
export type { Step } from "../bindings/Step";
export type { StepState } from "../bindings/StepState";
export type { StepView } from "../bindings/StepView";
export type { StreamProgress } from "../bindings/StreamProgress";
export type { SupportFile } from "../bindings/SupportFile";
export type { Topic } from "../bindings/Topic";
export type { UserChange } from "../bindings/UserChange";
export type { UserRow } from "../bindings/UserRow";
export type { UsersImport } from "../bindings/UsersImport";
export type { UsersPage } from "../bindings/UsersPage";
export type { UsersSource } from "../bindings/UsersSource";
export type { UsersView } from "../bindings/UsersView";
export type { Wait } from "../bindings/Wait";

/** A value after its way through JSON. */
type Json<T> = T extends bigint ? number : T extends object ? { [K in keyof T]: Json<T[K]> } : T;

export type AuditPage = Json<RawAuditPage>;
export type AuditRow = Json<RawAuditRow>;
export type DryRun = Json<RawDryRun>;
export type DryRunRow = Json<RawDryRunRow>;
export type Event = Json<RawEvent>;
export type HomeView = Json<RawHomeView>;
export type MappingPage = Json<RawMappingPage>;
export type MappingRow = Json<RawMappingRow>;
export type OutcomesPage = Json<RawOutcomesPage>;
export type PeoplePage = Json<RawPeoplePage>;
export type PersonRow = Json<RawPersonRow>;
export type ReviewView = Json<RawReviewView>;
export type RunProgress = Json<RawRunProgress>;
export type RunRow = Json<RawRunRow>;
export type RunsPage = Json<RawRunsPage>;
export type SlotView = Json<RawSlotView>;
export type WebhooksView = Json<RawWebhooksView>;

/** The name of a call. */
export type CallName = Call["call"];
/** What a call takes. */
export type Takes<N extends CallName> = Json<Omit<Extract<Call, { call: N }>, "call">>;
/** What a call is answered with. */
export type Gives<N extends CallName> = Json<Replies[N]>;
