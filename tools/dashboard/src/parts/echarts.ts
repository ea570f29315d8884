// The parts of Apache ECharts that are drawn with, fetched apart from the pages.
import { BarChart, LineChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// The renderer for SVG writes styles into the markup, which the policy of the pages refuses.
use([BarChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendComponent,
     TooltipComponent, CanvasRenderer]);

export { init };
