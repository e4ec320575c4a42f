// A new account says UTC: offer the device's own time zone instead.

export function startTimeZone(root) {
  for (const select of root.querySelectorAll("select[data-time-zone]")) {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (select.value === "UTC" && [...select.options].some((option) => option.value === here)) select.value = here;
  }
}
