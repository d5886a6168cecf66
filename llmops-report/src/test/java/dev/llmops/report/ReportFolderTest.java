package dev.llmops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {

    @TempDir
    Path folder;

    private void write(String name, String title, String verdict) throws IOException {
        new ReportFolder(folder)
                .write(
                        name,
                        Page.titled(title)
                                .property(ReportFolder.VERDICT, verdict)
                                .property(ReportFolder.DATE, "2026-11-28T20:00:00Z")
                                .property(ReportFolder.SUMMARY, "1 of 2 objectives met")
                                .build());
    }

    private String index() throws IOException {
        return Files.readString(folder.resolve("index.html"));
    }

    @Test
    void the_index_links_every_report_with_its_verdict_and_date() throws IOException {
        write("a.Test.one", "A & <B>", "PASSED");
        assertThat(index())
                .contains("<span class=\"badge good\">PASSED</span>")
                .contains("<a href=\"a.Test.one.html\">A &amp; &lt;B&gt;</a>")
                .contains("<td>1 of 2 objectives met</td><td>2026-11-28T20:00:00Z</td>")
                .contains("Reports: 1; failed: 0");
    }

    @Test
    void failures_come_first() throws IOException {
        write("a", "a", "PASSED");
        write("b", "b", "FAILED");
        assertThat(index().indexOf(">b</a>"))
                .isLessThan(index().indexOf(">a</a>"))
                .isPositive();
        assertThat(index()).contains("Reports: 2; failed: 1");
    }

    @Test
    void a_report_written_again_stands_once() throws IOException {
        write("a", "a", "FAILED");
        write("a", "a", "PASSED");
        assertThat(index()).contains("Reports: 1; failed: 0");
    }

    @Test
    void other_files_and_drafts_are_no_reports() throws IOException {
        Files.writeString(folder.resolve("other.html"), "no page");
        write("a", "a", "PASSED");
        assertThat(index()).contains("Reports: 1;");
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("a.html", "index.html", "other.html");
        }
    }

    @Test
    void a_name_cannot_leave_the_folder() throws IOException {
        Path file = new ReportFolder(folder).write("../x/$y:z", Page.titled("t").build());
        assertThat(file).isEqualTo(folder.resolve(".._x__y_z.html")).exists();
    }
}
