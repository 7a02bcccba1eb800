// What is left until a button of the mouse is up again: a page that moved under the pointer would lose the click.

let down = false;
const left: (() => void)[] = [];

function catchUp(): void {
  for (const act of left.splice(0)) act();
}

addEventListener("pointerdown", () => (down = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(
    end,
    () => {
      down = false;
      setTimeout(catchUp);
    },
    true,
  );
}
// Before whatever is clicked hears of it, as it would be without the wait.
addEventListener("click", catchUp, true);

/** Acts now, or as soon as the button of the mouse that is down is up. */
export function whenReleased(act: () => void): void {
  if (down) left.push(act);
  else act();
}
