// Words of the first screen.

export const welcome = {
  title: "Bring the people you source into Greenhouse",
  lead: "Once set up, people sourced in Headhuntr.io appear in Greenhouse by themselves: under the right name, once, on the right job. And Headhuntr hears what becomes of them.",
  needTitle: "What you need",
  needs: [
    ["About 20 minutes", "You can stop at any time. Everything is kept."],
    ["A login to Greenhouse", "It needs the right to manage credentials and webhooks. If you lack it, we write the message that asks for it."],
    ["The list of Greenhouse users", "An Excel export, or read from Greenhouse itself."],
    ["The names of your Headhuntr team", "A file, pasted rows, or typed."],
  ] as [string, string][],
  calm: "Until the very last step nothing is sent to Greenhouse.",
  begin: "Begin the set-up",
  goOn: "Go on with the set-up",
  practise: "Practise first",
  practiseLine: "with a made-up Greenhouse, built in. No account needed.",
  leavePractice: "Leave practice",
  practiceTitle: "You are practising",
  practiceLine: "This Greenhouse is made up and lives on this computer. Break what you like; one click wipes it.",
};
