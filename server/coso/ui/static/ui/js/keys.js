// Says on the page that a key was not used: the library only writes it into the console.
document.addEventListener("allauth.error", (event) => {
  const said = document.querySelector("[data-key-problem]");
  if (!said) return;
  event.preventDefault();
  said.hidden = false;
});
