package io.lightstream.transport.spi;

import java.net.InetSocketAddress;

/**
 * The {@code host:port} of a URI.
 *
 * @param host name or numeric address, that of IPv6 without its brackets; empty for every address of this machine
 * @param port 0 to 65535
 */
public record HostAndPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Takes an endpoint's authority apart.
     *
     * @param defaultPort what holds where the port is left out; negative if it may not be
     * @throws IllegalArgumentException where the endpoint has a path, or no such authority
     */
    public static HostAndPort of(Endpoint endpoint, int defaultPort) {
        String authority = endpoint.authority();
        int colon = authority.lastIndexOf(':');
        int bracket = authority.lastIndexOf(']');
        String host = colon > bracket ? authority.substring(0, colon) : authority;
        int port = colon > bracket ? port(authority.substring(colon + 1)) : defaultPort;
        boolean bare = host.startsWith("[") && host.endsWith("]");
        if (port < 0 || (!bare && host.indexOf(':') >= 0)) {
            throw new IllegalArgumentException("[" + endpoint + "] address: expected " + endpoint.scheme()
                    + "://host:port, found '" + authority + "'");
        }
        return new HostAndPort(bare ? host.substring(1, host.length() - 1) : host, port);
    }

    /** A socket address as the authority of a URI. */
    public static String format(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= MAX_PORT ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
