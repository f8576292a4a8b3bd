"""Documents as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class DocumentsConfig(AppConfig):
    """Official documents."""

    name = "coso.documents"
    label = "documents"
    verbose_name = gettext_lazy("Documents")

    def ready(self) -> None:
        """Word the journal, answer for references, stand on the rail."""
        from django.urls import reverse

        from coso.documents import arrivals, policies, queries, registers, replies, sentences, tasks
        from coso.documents.models import Document, DocumentState, Paper
        from coso.journal.ports import register_sentence
        from coso.kit.refs import Kind, register_kind
        from coso.organizations.policies import may
        from coso.ui.ports import NavItem, register_nav

        register_sentence(
            "document.imported",
            lambda entry: (
                _("Imported the document; %(tasks)s tasks and %(duties)s duties were read.")
                % {"tasks": entry.data.get("tasks"), "duties": entry.data.get("duties")}
            ),
        )
        register_sentence("document.corrected", lambda entry: _("Corrected what was read."))
        register_sentence("document.confirmed", lambda entry: _("Confirmed the document."))
        sentences.register()
        replies.register()
        arrivals.register()
        registers.register()
        tasks.register()
        register_sentence("document.withdrawn", lambda entry: _("Took the import back."))
        register_kind(
            "document",
            Kind(
                name=lambda ident: str(found) if (found := Document.objects.filter(pk=ident).first()) else None,
                address=lambda ident: reverse("documents:document", args=[ident]),
                visible=lambda person, ident: queries.visible_to(person).filter(pk=ident).exists(),
                many=lambda person, idents: {
                    str(one.pk): str(one) for one in queries.visible_to(person).filter(pk__in=idents)
                },
            ),
        )
        register_kind(
            "paper",
            Kind(
                name=lambda ident: str(found) if (found := Paper.objects.filter(pk=ident).first()) else None,
                address=lambda ident: reverse("documents:paper", args=[ident]),
                visible=lambda person, ident: queries.papers_seen_by(person).filter(pk=ident).exists(),
                many=lambda person, idents: {
                    str(one.pk): str(one) for one in queries.papers_seen_by(person).filter(pk__in=idents)
                },
            ),
        )
        register_nav(
            NavItem(
                key="papers",
                label=gettext_lazy("Papers we write"),
                icon="signature",
                url_name="documents:papers",
                order=16,
                right=lambda request: may(request.user, "paper.read"),
                badge=lambda request: queries.waiting_for(request.user).count() or None,
            )
        )
        register_nav(
            NavItem(
                key="paper-templates",
                label=gettext_lazy("Word templates"),
                icon="file-word",
                url_name="documents:paper-templates",
                order=216,
                right=lambda request: may(request.user, "paper.template"),
            )
        )
        register_nav(
            NavItem(
                key="documents",
                label=gettext_lazy("Documents"),
                icon="document",
                url_name="documents:documents",
                order=15,
                right=lambda request: may(request.user, "document.read"),
                badge=lambda request: (
                    queries.visible_to(request.user).filter(state=DocumentState.READ).count()
                    if policies.may_confirm(request.user)
                    else None
                ),
            )
        )
