// SPDX-License-Identifier: Apache-2.0
// The switches of the engines as the settings show them, and the list of the declined ones.
const { engineManager } = firefox.Weave.Service;
return {
  enabled: engineManager.getEnabled().map(engine => engine.name).sort(),
  disabled: engineManager.getAll().filter(engine => !engine.enabled).map(engine => engine.name).sort(),
  declined: [...engineManager.getDeclined()].sort(),
};
