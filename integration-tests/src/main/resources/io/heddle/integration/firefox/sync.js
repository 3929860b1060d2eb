// SPDX-License-Identifier: Apache-2.0
// One sync. The status alone can say that all is well after a sync that was given up, so what was announced counts too.
const { Service, Status } = firefox.Weave;
const { Observers } = firefox;
await waitFor("the end of another sync", () => !Service.locked);
const problems = [];
let finished = false;
const observers = {
  "weave:service:sync:finish": () => { finished = true; },
  "weave:service:sync:error": (subject, data) => problems.push(`sync: ${subject && subject.message || subject || data}`),
  "weave:service:login:error": (subject, data) => problems.push(`login: ${Status.login} ${data || ""}`),
  "weave:engine:sync:error": (subject, data) => problems.push(`${data}: ${subject && subject.message || subject && subject.status || subject}`),
};
for (const topic in observers) {
  Observers.add(topic, observers[topic]);
}
try {
  // A person who presses the button does not wait for the end of a backoff either.
  Status.resetBackoff();
  await Service.sync({ why: "user" });
} finally {
  for (const topic in observers) {
    Observers.remove(topic, observers[topic]);
  }
}
const ok = finished && !problems.length && Status.service == "success.status_ok";
return { ok, status: Status.service, sync: Status.sync, login: Status.login, engines: Status.engines, problems };
