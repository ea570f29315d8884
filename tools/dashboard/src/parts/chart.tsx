// A chart, with what it shows in words and the same in a table. It has its place from the beginning,
// so that nothing jumps when it is drawn.
import type { EChartsCoreOption, ECharts } from "echarts/core";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { fileName, savePicture, type Asked } from "./export";

interface ChartProps {
  title: string;
  /** What is to be seen, for who does not see it. */
  description: string;
  option: EChartsCoreOption;
  /** What a picture of it says it is of. */
  asked: Asked;
  day: string;
  /** The same figures. */
  children: ComponentChildren;
}

const kPatterns = { decal: { show: true } };

export function Chart({ title, description, option, asked, day, children }: ChartProps) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef(option);
  latest.current = option;

  useEffect(() => {
    let isHere = true;
    let watcher: ResizeObserver | null = null;
    import("./echarts").then(({ init }) => {
      if (!isHere || place.current === null) return;
      const drawn = init(place.current);
      chart.current = drawn;
      drawn.setOption(whole(latest.current), true);
      watcher = new ResizeObserver(() => drawn.resize());
      watcher.observe(place.current);
    }, () => isHere && setFailed(true));
    return () => {
      isHere = false;
      watcher?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);
  const content = JSON.stringify(option);
  useEffect(() => chart.current?.setOption(whole(latest.current), true), [content]);

  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption id={id}><h2>{title}</h2></figcaption>
      {failed
        ? <p>De tekening kon niet worden geladen. De tabel hieronder zegt hetzelfde.</p>
        : <div class="chart__place" ref={place} role="img" aria-label={description} />}
      {!failed && (
        <button type="button" class="utrecht-button utrecht-button--subtle"
                aria-label={`Opslaan als afbeelding: ${title}`}
                onClick={() => {
                  const canvas = place.current?.querySelector("canvas");
                  if (!canvas) return;
                  void savePicture(canvas, { title, asked }, fileName(title, day, "png"));
                }}>
          Opslaan als afbeelding
        </button>
      )}
      <details>
        <summary>{title} als tabel</summary>
        {children}
      </details>
    </figure>
  );
}

function whole(option: EChartsCoreOption): EChartsCoreOption {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !isStill, animationDuration: 200,
    aria: { enabled: false, ...kPatterns }, // the words around it are ours
    color: ["#1f4e79", "#c2570c", "#3f7d4e", "#7b4ea3", "#8a6d1d"],
    textStyle: { fontFamily: "inherit" },
    ...option,
    tooltip: { renderMode: "richText", ...(option.tooltip as object | undefined) },
  };
}
