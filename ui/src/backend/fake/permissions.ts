// The permissions a credential is asked for, as the engine lists them.

import type { Need, PermissionRow } from "../types";

type Line = [scope: string, label: string, need: Need, reason: string, without: string];

const LINES: Line[] = [
  ["harvest:candidates:list", "Candidates › List candidates", "core", "Finds people before adding them, so nobody is added twice", "Nothing can be read or sent"],
  ["harvest:applications:list", "Applications › List applications", "core", "Follows where each person stands", "Nothing can be read or sent"],
  ["harvest:jobs:list", "Jobs › List jobs", "core", "Finds the job a person is meant for", "Nobody can be put on a job"],
  ["harvest:users:list", "Users › List users", "required", "Matches your team to their Greenhouse accounts and notices who has left", "Accounts can only be read from the Excel export, and go stale"],
  ["harvest:candidates:create", "Candidates › Create candidate", "required", "Adds the people you sourced", "Nobody new is added"],
  ["harvest:applications:create", "Applications › Create application", "required", "Puts people who are in Greenhouse already on a job", "People already in Greenhouse are not put on jobs"],
  ["harvest:candidates:update", "Candidates › Update candidate", "required", "Adds tags to people who are in Greenhouse already", "People already in Greenhouse get no tags"],
  ["harvest:applications:update", "Applications › Update application", "required", "Sets the source and pool of an application", "Source and pool stay as Greenhouse chose them"],
  ["harvest:attachments:create", "Attachments › Create attachment", "required", "Sends the résumé along with the candidate", "Résumés do not reach Greenhouse"],
  ["harvest:notes:create", "Notes › Create note", "required", "Adds the recruiter's note to the profile", "Notes do not reach Greenhouse"],
  ["harvest:candidate_educations:create", "Candidate educations › Create education", "required", "Adds where a person studied", "Educations do not reach Greenhouse"],
  ["harvest:candidate_employments:create", "Candidate employments › Create employment", "required", "Adds where a person worked", "Employments do not reach Greenhouse"],
  ["harvest:departments:list", "Departments › List departments", "required", "Shows jobs under their departments", "Jobs are shown without departments"],
  ["harvest:job_posts:list", "Job posts › List job posts", "required", "Knows a job by the title candidates see", "Jobs are known by their internal name alone"],
  ["harvest:job_interview_stages:list", "Job interview stages › List stages", "required", "Names the stage each person is in", "Stages are shown without their order"],
  ["harvest:sources:list", "Sources › List sources", "required", "Credits Headhuntr.io as the source", "People arrive without a source"],
  ["harvest:prospect_pools:list", "Prospect pools › List prospect pools", "required", "Finds the pool a prospect belongs in", "Prospects arrive outside their pool"],
  ["harvest:prospect_pool_stages:list", "Prospect pool stages › List stages", "required", "Knows the steps of each pool", "Prospects arrive without a pool stage"],
  ["harvest:user_emails:list", "User emails › List user emails", "optional", "Matches people of your team by their other addresses", "Only the main address of an account is compared"],
  ["harvest:application_stages:list", "Application stages › List application stages", "optional", "Shows when a person entered each stage", "Stages are shown by name only"],
  ["harvest:rejection_reasons:list", "Rejection reasons › List reasons", "optional", "Says why somebody was rejected", "Rejections are shown without a reason"],
];

const OPTIONAL_GRANTED = "harvest:user_emails:list";

/** The table for a credential that lacks `missing`; without a credential nothing is known yet. */
export function permissionRows(missing: string[], known: boolean): PermissionRow[] {
  const rows: PermissionRow[] = LINES.map(([scope, label, need, reason, without]) => ({
    scope,
    label,
    need,
    reason,
    without,
    standing: !known
      ? "not_knowable"
      : missing.includes(scope)
        ? "missing"
        : need === "optional" && scope !== OPTIONAL_GRANTED
          ? "not_granted"
          : "granted",
  }));
  if (known) {
    rows.push({
      scope: "harvest:candidates:destroy",
      label: "Candidates › Destroy",
      need: null,
      reason: "Not needed. You can switch it off",
      without: "",
      standing: "unneeded",
    });
  }
  const rank = { missing: 0, not_knowable: 1, granted: 2, not_granted: 3, unneeded: 4 };
  return rows.sort((a, b) => rank[a.standing] - rank[b.standing]);
}
