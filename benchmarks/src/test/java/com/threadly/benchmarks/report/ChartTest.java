package com.threadly.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    @Test
    void drawsALineANameUpToARoundNumberAbove() {
        var lines = new LinkedHashMap<String, List<Double>>();
        lines.put("worker", List.of(0.0, 10.0));
        lines.put("gateway", List.of(20.0, 40.0));

        String svg = Chart.svg(List.of(new Chart.Panel("threads", lines)), "20 min");

        assertThat(svg)
                .contains(">threads<", ">worker<", ">gateway<", ">50<", ">20 min<")
                .contains("points=\"90.0,150.0 270.0,120.0\"", "points=\"90.0,90.0 270.0,30.0\"");
    }
}
