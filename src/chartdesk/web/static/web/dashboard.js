// The dashboard's charts: one small line per figure, drawn from the data that stands in the page.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const series = JSON.parse(document.getElementById("series").textContent);
  const charts = [];

  function draw() {
    const style = getComputedStyle(document.body);
    const color = (name) => style.getPropertyValue(name).trim();
    const text = color("--tblr-secondary") || "#667382";
    for (const { chart, figure } of charts) {
      chart.setOption({
        animation: false,
        grid: { left: 4, right: 12, top: 8, bottom: 2, containLabel: true },
        textStyle: { fontFamily: style.fontFamily },
        xAxis: {
          type: "category",
          data: figure.weeks,
          axisLabel: { color: text, fontSize: 10, hideOverlap: true },
          axisLine: { lineStyle: { color: color("--tblr-border-color") } },
          axisTick: { show: false },
        },
        yAxis: {
          type: "value",
          scale: figure.unit === "dollars",
          splitNumber: 2,
          axisLabel: { color: text, fontSize: 10, formatter: short },
          splitLine: { lineStyle: { color: color("--tblr-border-color"), opacity: 0.5 } },
        },
        series: [
          {
            type: "line",
            data: figure.values.map((value) => (value === null ? null : Number(value))),
            connectNulls: true,
            symbolSize: 5,
            lineStyle: { width: 2 },
            color: color("--tblr-primary") || "#066fd1",
            areaStyle: { opacity: 0.08 },
          },
        ],
      });
    }
  }

  const short = (value) => (Math.abs(value) >= 1000 ? `${Math.round(value / 100) / 10}k` : String(value));

  for (const host of document.querySelectorAll("[data-figure]")) {
    const figure = series[host.dataset.figure];
    if (figure) charts.push({ chart: echarts.init(host, null, { renderer: "canvas" }), figure });
  }
  draw();
  addEventListener("resize", () => charts.forEach(({ chart }) => chart.resize()));
  // The colours follow the switch between light and dark.
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
});
