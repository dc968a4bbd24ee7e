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
