// Words of step 1.

export const permissions = {
  title: "Two rights you need in Greenhouse",
  lead: "Look at your own user in Greenhouse and tick what you see there. Nothing is asked of Greenhouse yet.",
  where: "Where to look",
  open: "Open Greenhouse",
  missingTitle: (count: number) => (count === 1 ? "One of them is not there?" : "Are they not there?"),
  missingLine: (who: string) => `${who} can grant it. Send them this:`,
  copyMessage: "Copy message",
  messageName: "Message for your Site Admin",
  allTitle: "You have what it takes",
  allLine: "The next steps show whether Greenhouse agrees.",
  later: "You can go on and come back when it is granted.",
};
