"""Plans as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PlansConfig(AppConfig):
    """Tasks of plans."""

    name = "coso.plans"
    label = "plans"
    verbose_name = gettext_lazy("Plans")

    def ready(self) -> None:
        """Make tasks of confirmed documents, word the journal, answer for references, stand on the rail."""
        from django.urls import reverse

        from coso.documents.events import DocumentConfirmed
        from coso.documents.models import Document
        from coso.journal.bus import subscribe
        from coso.kit.refs import Kind, number_in, register_kind
        from coso.organizations.models import Person
        from coso.organizations.policies import may
        from coso.organizations.ports import register_duties
        from coso.plans import actions, duties, queries, sentences, tasks, writing
        from coso.plans.models import Attachment, Part, Task
        from coso.plans.web import bodies, shown
        from coso.ui.ports import NavItem, register_nav

        def make_tasks(event: DocumentConfirmed) -> None:
            actions.make_tasks(
                document=Document.objects.get(pk=event.document_id), by=Person.objects.get(pk=event.by_id)
            )

        subscribe(DocumentConfirmed, make_tasks)
        writing.register()
        sentences.register()
        tasks.register()
        bodies.register()
        shown.register()
        register_duties("plans", gettext_lazy("Tasks of the body"), duties.find, duties.hand_over, right=duties.RIGHT)
        register_kind(
            "task",
            Kind(
                name=lambda ident: str(found) if (found := Task.objects.filter(pk=ident).first()) else None,
                address=lambda ident: reverse("plans:task", args=[ident]),
                visible=lambda person, ident: queries.visible_tasks(person).filter(pk=ident).exists(),
                many=lambda person, idents: {
                    str(one.pk): str(one) for one in queries.visible_tasks(person).filter(pk__in=idents)
                },
            ),
        )
        register_kind(
            "part",
            Kind(
                name=lambda ident: str(found) if (found := Part.objects.filter(pk=number_in(ident)).first()) else None,
                address=lambda ident: reverse("plans:part", args=[ident]),
                visible=lambda person, ident: queries.knows_part(person, number_in(ident)),
                many=lambda person, idents: {
                    str(one.pk): str(one) for one in queries.known_parts(person, [number_in(one) for one in idents])
                },
            ),
        )
        register_kind(
            "attachment",
            Kind(
                name=lambda ident: (
                    found.name if (found := Attachment.objects.filter(pk=number_in(ident)).first()) else None
                ),
                address=lambda ident: reverse("plans:file", args=[ident]),
                visible=lambda person, ident: queries.known_files(person, [number_in(ident)]) != {},
                many=lambda person, idents: queries.known_files(person, [number_in(one) for one in idents]),
            ),
        )
        register_nav(
            NavItem(
                key="plans",
                label=gettext_lazy("Plans"),
                icon="plan",
                url_name="plans:start",
                order=20,
                right=lambda request: may(request.user, "task.read"),
            )
        )
