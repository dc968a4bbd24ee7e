// Starts what makes pages more comfortable; every page works without it.

import { initAll } from "./govuk-frontend.min.js";

function start(scope) {
  for (const button of scope.querySelectorAll("button[data-prevent-double-click]")) {
    button.dataset.module = "govuk-button";
  }
  initAll({ scope });
}

// The components ask for this class before they start.
document.body.classList.add("govuk-frontend-supported");
start(document.body);
document.body.addEventListener("htmx:after:swap", (event) => start(event.target));

// Only the page that was asked for is put into another. A refusal, a sign-in, a dead line are pages of their own.
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (!ctx.response.raw.ok || ctx.response.raw.redirected) {
    event.preventDefault();
    location.assign(ctx.request.action);
  }
});
document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (ctx) location.assign(ctx.request.action);
});

// Who changes the language comes back to the list as it stands.
document.addEventListener("htmx:after:history:push", (event) => {
  const back = document.querySelector(".a-languages input[name=next]");
  if (back) back.value = event.detail.path;
});
