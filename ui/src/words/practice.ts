// Words of the practice panel.

export const practiceWords = {
  title: "Practice Greenhouse",
  about: "A made-up Greenhouse that lives on this computer. It is as strict as the real one.",
  breakTitle: "Break something on purpose",
  breakLine: "Then see what the app says, and put it right again.",
  actTitle: "Let something happen",
  actLine: "As if a colleague had done it in Greenhouse. With webhooks, the app hears of it at once.",
  acts: { move: "Move somebody on", hire: "Hire somebody", reject: "Reject somebody" },
  journalTitle: "What Greenhouse saw",
  journalEmpty: "Nothing yet.",
  filesTitle: "Sample files",
  wipe: "Wipe and start again",
  wipeLine: "Takes the practice set-up and everything in it away.",
  leave: "Leave practice",
  onBehalf: (who: string) => `on behalf of ${who}`,
  fill: "Fill in the practice credential",
  useSample: "Use the sample file",
  saveWebhook: "Save in the practice Greenhouse",
};
