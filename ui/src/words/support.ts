// Words of the file for support.

export const support = {
  open: "File for support…",
  openLine: "If something does not work and you ask for help, this file answers the first questions.",
  title: "A file for support",
  about:
    "It tells how the set-up stands and how the last runs went, in figures, states and codes. It holds no names, no e-mail addresses, no file names and no secrets. Nothing is sent from here: you save it, and send it if you want to.",
  found: "What was found just now",
  toDo: "To do",
  all: "All that is in the file",
  save: "Save the file…",
  chooser: "Save the file for support",
  saved: (path: string) => `Saved as ${path}`,
};
