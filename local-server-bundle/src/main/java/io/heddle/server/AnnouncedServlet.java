// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.function.IntConsumer;

/** A servlet that tells when the container takes it into service and out of it. */
final class AnnouncedServlet implements Servlet {
    private final Servlet servlet;
    private final IntConsumer inService;

    /** Calls back with 1 when the servlet answers from now on, with -1 when it no longer does. */
    AnnouncedServlet(Servlet servlet, IntConsumer inService) {
        this.servlet = servlet;
        this.inService = inService;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        servlet.init(config);
        inService.accept(1);
    }

    @Override
    public ServletConfig getServletConfig() {
        return servlet.getServletConfig();
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        servlet.service(request, response);
    }

    @Override
    public String getServletInfo() {
        return servlet.getServletInfo();
    }

    @Override
    public void destroy() {
        inService.accept(-1);
        servlet.destroy();
    }
}
