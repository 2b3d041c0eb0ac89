// The dashboard's charts: one small line per figure, drawn from the data that stands in the page.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const series = JSON.parse(document.getElementById("series").textContent);
  const charts = [];

  // The design system writes its colors in forms that a chart does not read; a pixel painted with one tells it.
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function paint(name) {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
  }

  function draw() {
    const style = getComputedStyle(document.body);
    const text = paint("--tblr-secondary");
    const line = paint("--tblr-border-color");
    const ink = paint("--tblr-primary");
    for (const { chart, figure } of charts) {
      chart.setOption({
        animation: false,
        grid: { left: 4, right: 12, top: 8, bottom: 2, containLabel: true },
        textStyle: { fontFamily: style.fontFamily },
        xAxis: {
          type: "category",
          data: figure.weeks,
          axisLabel: { color: text, fontSize: 10, hideOverlap: true },
          axisLine: { lineStyle: { color: line } },
          axisTick: { show: false },
        },
        yAxis: {
          type: "value",
          scale: figure.unit === "dollars",
          splitNumber: 2,
          axisLabel: { color: text, fontSize: 10, formatter: short },
          splitLine: { lineStyle: { color: line } },
        },
        series: [
          {
            type: "line",
            data: figure.values.map((value) => (value === null ? null : Number(value))),
            connectNulls: true,
            symbolSize: 5,
            lineStyle: { width: 2 },
            color: ink,
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
  // The colors follow the switch between light and dark.
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
});
