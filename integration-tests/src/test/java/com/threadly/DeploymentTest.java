package com.threadly;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of containers without running any. */
class DeploymentTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> OURS = Stream.concat(
                    TopicReader.all().stream().map(TopicReader::deployable), Stream.of("provisioner"))
            .toList();

    @Test
    void everyContainerIsWithoutPrivilegesAndOursWritesNoFiles() throws IOException {
        String compose = read("docker-compose.yml");
        assertThat(block(compose, "x-image: &image"))
                .contains("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true");
        assertThat(block(compose, "x-foreign: &foreign")).contains("cap_drop: [ALL]", "no-new-privileges:true");

        Map<String, String> services = services(compose);
        assertThat(services).containsKeys(OURS.toArray(String[]::new)).allSatisfy((name, service) -> {
            boolean ours = service.contains("    image: threadly/");
            assertThat(service).contains(ours ? "<<: *image" : "<<: *foreign");
            assertThat(service).doesNotContain("privileged: true", "network_mode:", "pid:", "docker.sock");
            if (!name.equals("postgres")) {
                assertThat(service).doesNotContain("cap_add");
            }
        });
    }

    @Test
    void nothingIsReachedFromOtherMachines() throws IOException {
        assertThat(services(read("docker-compose.yml")))
                .allSatisfy((_, service) -> assertThat(found(service, "\"(?:([0-9.]+):)?\\d+:\\d+\""))
                        .allMatch("127.0.0.1"::equals));
    }

    @Test
    void imagesOfOthersHaveAVersion() throws IOException {
        assertThat(found(read("docker-compose.yml"), "(?m)^    image: (\\S+)$"))
                .filteredOn(image -> !image.startsWith("threadly/"))
                .isNotEmpty()
                .allMatch(image -> image.matches("[a-z0-9./-]+:v?\\d[\\w.-]*"));
    }

    @Test
    void productionTakesEachImageByItsDigest() throws IOException {
        String overlay = read("deploy/kubernetes/overlays/production/kustomization.yaml");

        assertThat(found(overlay, "name: threadly/([a-z-]+), newName: \\S+, digest: \"sha256:[0-9a-f]{64}\""))
                .containsExactlyInAnyOrderElementsOf(OURS);
        assertThat(overlay).doesNotContain("newTag");
    }

    @Test
    void policiesNameWhoMayCallTheGatewayAndWhereItMayGo() throws IOException {
        Map<String, String> policies = Pattern.compile("(?ms)^  name: ([a-z-]+)\\n(.*?)(?:^---|\\z)")
                .matcher(read("deploy/kubernetes/base/network-policies.yaml"))
                .results()
                .collect(Collectors.toMap(policy -> policy.group(1), policy -> policy.group(2)));
        assertThat(read("deploy/kubernetes/base/kustomization.yaml"))
                .contains("  - network-policies.yaml", "part-of: threadly-realtime}\n    includeTemplates: true");

        // The rest adds to it: whatever it does not name is refused.
        assertThat(policies.get("threadly")).contains("part-of: threadly-realtime", "policyTypes: [Ingress, Egress]");
        assertThat(policies.values()).allSatisfy(policy -> {
            assertThat(entries(policy, "ingress"))
                    .allSatisfy(entry -> assertThat(entry).contains("from:", "ports:"));
            assertThat(entries(policy, "egress"))
                    .allSatisfy(entry -> assertThat(entry).contains("port"));
        });
        assertThat(policies)
                .allSatisfy((name, policy) -> assertThat(String.join("", entries(policy, "ingress")))
                        .as(name)
                        .matches(ingress -> ingress.contains("8080") == name.equals("gateway")));
        String gateway = String.valueOf(policies.get("gateway"));
        assertThat(entries(gateway, "ingress"))
                .singleElement()
                .satisfies(entry -> assertThat(found(entry, "name: ([a-z-]+)")).containsExactly("ingress-nginx"));
        assertThat(entries(gateway, "egress"))
                .satisfiesExactlyInAnyOrder(
                        issuer -> assertThat(issuer)
                                .contains(
                                        "port: 443",
                                        "except: [10.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]"),
                        presence -> assertThat(presence).contains("presence-aggregator", "port: 8081"));
    }

    @Test
    void freshSecretsAreForTheirOwnerAloneAndOverwriteNone(@TempDir Path folder) throws Exception {
        Path secrets = folder.resolve(".env");

        assertThat(newSecrets(secrets)).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        String written = Files.readString(secrets);
        assertThat(written.lines()).hasSizeGreaterThan(3).allMatch(line -> line.matches("[A-Z_]+=[0-9a-f]{48}"));

        assertThat(newSecrets(secrets)).isNotZero();
        assertThat(secrets).hasContent(written);
    }

    /** The rules of a policy for one direction. */
    private static List<String> entries(String policy, String direction) {
        String head = "\n  " + direction + ":\n";
        if (!policy.contains(head)) {
            return List.of();
        }
        return Pattern.compile("(?m)^    - .*\\n(?:      .*\\n)*")
                .matcher(policy.substring(policy.indexOf(head) + head.length())
                        .replaceAll("(?m)^    #.*\\n", "")
                        .replaceAll("(?s)\\n  [a-z].*", "\n"))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static int newSecrets(Path file) throws Exception {
        return new ProcessBuilder(
                        "sh", "-c", "umask 022; exec sh \"$0\" \"$1\"", "deploy/new-secrets.sh", file.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** By name, each with its lines. */
    private static Map<String, String> services(String compose) {
        String all = block(compose, "services:");
        return Pattern.compile("(?m)^  ([a-z-]+):\\n((?:    .*\\n|\\n)+)")
                .matcher(all)
                .results()
                .collect(Collectors.toMap(service -> service.group(1), service -> service.group(2)));
    }

    /** The lines below {@code head} that are further in. */
    private static String block(String yaml, String head) {
        String from = yaml.substring(yaml.indexOf("\n" + head + "\n") + head.length() + 2);
        return from.lines()
                .takeWhile(line -> line.isEmpty() || line.startsWith(" "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> String.valueOf(result.group(1)))
                .toList();
    }
}
