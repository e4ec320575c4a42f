// <a href="/page" data-dialog="id"> opens the dialog with that id; without scripts the link leads to the page.

export function startDialogs(root) {
  root.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    } else if (event.target instanceof HTMLDialogElement && event.target.open) {
      event.target.close(); // a tap on the ground outside the sheet
    }
  });
}
